#error "ReactOS' modules may not include this one"
