# shellcheck shell=bash disable=SC2154 # the tables
# The completion of bash, below the tables that manual/completion.c has made.

_holdfast_first_words() {
    printf '%s\n' "${!_holdfast_options[@]}" | cut -d ' ' -f 1
}

# Second words of the commands whose first one is $1.
_holdfast_second_words() {
    printf '%s\n' "${!_holdfast_options[@]}" | sed -n "s/^$1 //p"
}

# The numbers of the prefix's disks.
_holdfast_disks() {
    local link
    for link in "${WINEPREFIX:-$HOME/.wine}"/dosdevices/physicaldrive*; do
        [ ! -L "$link" ] || echo "${link##*/physicaldrive}"
    done
}

# What may stand for what the help calls $1; $2 is begun.
_holdfast_candidates() {
    case $1 in
    DISK | NAME)
        compgen -W "$(_holdfast_disks)" -- "$2"
        [[ $2 != /* ]] || compgen -f -- "$2"
        ;;
    PATH) compgen -f -- "${2:-/dev/disk/by-id/}" ;;
    PROGRAM | FILE) compgen -f -- "$2" ;;
    TYPE) compgen -W "$_holdfast_types" -- "$2" ;;
    COMMAND) compgen -W "$(_holdfast_first_words)" -- "$2" ;;
    esac
}

# What the word stands for that is to be completed: $1 is the command, $2 where its own words begin.
_holdfast_kind() {
    local -a operands
    local i place=0 value=''
    for ((i = $2; i < COMP_CWORD; i++)); do
        if [ -n "$value" ]; then
            value=''
        elif [[ ${COMP_WORDS[i]} == -* ]]; then
            value=${_holdfast_values[$1 ${COMP_WORDS[i]}]:-}
        else
            ((++place))
        fi
    done
    read -ra operands <<<"${_holdfast_operands[$1]}"
    # As many files as there are.
    [ "${operands[0]:-}" != FILE ] || place=0
    # What is behind a program is the program's.
    [ "$1" != run ] || ((place == 0)) || value=FILE
    echo "${value:-${operands[place]:-}}"
}

_holdfast() {
    local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} next=2 kind candidates
    if ((COMP_CWORD == 1)); then
        candidates=$(compgen -W "$(_holdfast_first_words) --help --version" -- "$word")
    elif ((COMP_CWORD == 2)) && [ -n "$(_holdfast_second_words "$command")" ]; then
        candidates=$(compgen -W "$(_holdfast_second_words "$command")" -- "$word")
    else
        [ -n "${_holdfast_options[$command]:-}" ] || { command+=" ${COMP_WORDS[2]}" next=3; }
        [ -n "${_holdfast_options[$command]:-}" ] || return
        kind=$(_holdfast_kind "$command" "$next")
        if [[ $word == -* && $kind != FILE ]]; then
            candidates=$(compgen -W "${_holdfast_options[$command]}" -- "$word")
        else
            candidates=$(_holdfast_candidates "$kind" "$word")
        fi
    fi
    mapfile -t COMPREPLY < <(sort -u <<<"$candidates")
    [ -n "${COMPREPLY[0]:-}" ] || COMPREPLY=()
}
complete -o filenames -F _holdfast holdfast
