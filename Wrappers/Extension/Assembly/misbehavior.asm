; What a compiler would not emit.

bits 64
default rel

global misbehave_bad_opcode, misbehave_bad_jump

section .text

; void misbehave_bad_opcode()
misbehave_bad_opcode:
    ud2
    ret

; void misbehave_bad_jump(void* target)
misbehave_bad_jump:
    jmp rdi
