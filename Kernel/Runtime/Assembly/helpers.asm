; Helpers that the compiler's code calls with conventions of their own, or that C# cannot express.
;
; Between runtime_helpers_start and runtime_helpers_end nothing is pushed before an access that may fault: the trap
; handler treats a fault there as one of the caller, whose address is on top of the stack.

bits 64
default rel

extern rt_resolve_interface_call
global runtime_helpers_start, runtime_helpers_end
global RhpAssignRef, RhpCheckedAssignRef, RhpByRefAssignRef, RhpCheckedLockCmpXchg, RhpCheckedXchg
global RhBulkMoveWithWriteBarrier, RhpGcSafeZeroMemory, memmove, memset, memcpy
global RhpInitialDynamicInterfaceDispatch
global RhpStackProbe, RhpPInvoke, RhpPInvokeReturn, RhpReversePInvoke, RhpReversePInvokeReturn, RhpGcPoll
global RhpTrapThreads, __security_cookie, g_cpuFeatures

section .text
align 16
runtime_helpers_start:

; The collector stops the world and scans conservatively, so a store needs no barrier.
RhpAssignRef:
RhpCheckedAssignRef:
    mov [rdi], rsi
    ret

; *rdi++ = *rsi++; only RCX may be changed besides.
align 16
RhpByRefAssignRef:
    mov rcx, [rsi]
    mov [rdi], rcx
    add rdi, 8
    add rsi, 8
    ret

; object RhpCheckedLockCmpXchg(ref object destination, object value, object comparand)
align 16
RhpCheckedLockCmpXchg:
    mov rax, rdx
    lock cmpxchg [rdi], rsi
    ret

; object RhpCheckedXchg(ref object destination, object value)
align 16
RhpCheckedXchg:
    mov rax, rsi
    xchg [rdi], rax
    ret

; Copies and fills go through vector registers: a string instruction counts each word as an instruction of its own under
; emulation. No store may split an aligned word that starts at a multiple of eight from the begin (or end, backwards), so that
; the collector never sees half a reference.

; Moves the rest that is shorter than a pair of vectors, as the bits of DL say; upwards or downwards.
%macro MOVE_PIECE 3             ; size, register for the value, instruction
    test dl, %1
    jz %%skip
%if DIRECTION > 0
    %3 %2, [rsi]
    %3 [rdi], %2
    add rsi, %1
    add rdi, %1
%else
    %3 %2, [rsi - %1]
    %3 [rdi - %1], %2
    sub rsi, %1
    sub rdi, %1
%endif
%%skip:
%endmacro

%macro MOVE_REST 0
    MOVE_PIECE 16, xmm0, movdqu
    MOVE_PIECE 8, rcx, mov
    MOVE_PIECE 4, ecx, mov
    MOVE_PIECE 2, cx, mov
    MOVE_PIECE 1, cl, mov
%endmacro

; void* memmove(void* destination, void* source, nuint sizeBytes)
align 16
RhBulkMoveWithWriteBarrier:
memmove:
memcpy:
    mov rax, rdi
    mov rcx, rdi
    sub rcx, rsi
    cmp rcx, rdx
    jb .backwards
    sub rdx, 32
    jb .rest
.next:
    movdqu xmm0, [rsi]
    movdqu xmm1, [rsi + 16]
    movdqu [rdi], xmm0
    movdqu [rdi + 16], xmm1
    add rsi, 32
    add rdi, 32
    sub rdx, 32
    jae .next
.rest:
%define DIRECTION 1
    MOVE_REST
    ret

.backwards:
    ; The destination starts inside the source: from the end down.
    add rdi, rdx
    add rsi, rdx
    sub rdx, 32
    jb .rest_backwards
.next_backwards:
    movdqu xmm0, [rsi - 16]
    movdqu xmm1, [rsi - 32]
    movdqu [rdi - 16], xmm0
    movdqu [rdi - 32], xmm1
    sub rsi, 32
    sub rdi, 32
    sub rdx, 32
    jae .next_backwards
.rest_backwards:
%define DIRECTION -1
    MOVE_REST
    ret

; ref byte RhpGcSafeZeroMemory(ref byte destination, nuint sizeBytes)
align 16
RhpGcSafeZeroMemory:
    mov rdx, rsi
    xor esi, esi

; void* memset(void* destination, int value, nuint sizeBytes)
memset:
    mov rax, rdi
    movzx ecx, sil
    mov rsi, 0x0101010101010101
    imul rcx, rsi
    movq xmm0, rcx
    punpcklqdq xmm0, xmm0
    sub rdx, 32
    jb .rest
.next:
    movdqu [rdi], xmm0
    movdqu [rdi + 16], xmm0
    add rdi, 32
    sub rdx, 32
    jae .next
.rest:
%macro FILL_PIECE 3             ; size, register with the value, instruction
    test dl, %1
    jz %%skip
    %3 [rdi], %2
    add rdi, %1
%%skip:
%endmacro
    FILL_PIECE 16, xmm0, movdqu
    FILL_PIECE 8, rcx, mov
    FILL_PIECE 4, ecx, mov
    FILL_PIECE 2, cx, mov
    FILL_PIECE 1, cl, mov
    ret

; Interface call: R10 = dispatch cell, RDI = this, every argument register live. The first look is into a table of
; immutable entries {cell, type, target}; a miss resolves the slot and places an entry.
align 16
RhpInitialDynamicInterfaceDispatch:
    mov rax, [rdi]                  ; a null receiver faults here
    mov r11, r10
    shr r11, 1
    xor r11, rax
    and r11d, (DISPATCH_TABLE_ENTRIES - 1) << 3
    add r11, [dispatch_table_address]
    mov r11, [r11]
    test r11, r11
    jz dispatch_miss
    cmp [r11], r10
    jne dispatch_miss
    cmp [r11 + 8], rax
    jne dispatch_miss
    jmp [r11 + 16]
runtime_helpers_end:

DISPATCH_TABLE_ENTRIES equ 1024

align 16
dispatch_miss:
    push rbp
    mov rbp, rsp
    push rdi
    push rsi
    push rdx
    push rcx
    push r8
    push r9
    sub rsp, 128
    movdqu [rsp], xmm0
    movdqu [rsp + 16], xmm1
    movdqu [rsp + 32], xmm2
    movdqu [rsp + 48], xmm3
    movdqu [rsp + 64], xmm4
    movdqu [rsp + 80], xmm5
    movdqu [rsp + 96], xmm6
    movdqu [rsp + 112], xmm7
    mov rsi, r10
    lea rdx, [dispatch_table]
    call rt_resolve_interface_call
    movdqu xmm0, [rsp]
    movdqu xmm1, [rsp + 16]
    movdqu xmm2, [rsp + 32]
    movdqu xmm3, [rsp + 48]
    movdqu xmm4, [rsp + 64]
    movdqu xmm5, [rsp + 80]
    movdqu xmm6, [rsp + 96]
    movdqu xmm7, [rsp + 112]
    add rsp, 128
    pop r9
    pop r8
    pop rcx
    pop rdx
    pop rsi
    pop rdi
    pop rbp
    jmp rax

; Touches each page between RSP and R11, so that a frame larger than a page cannot step over a guard page.
align 16
RhpStackProbe:
    lea rax, [rsp - 4096]
    and rax, -4096
.next:
    test [rax], eax
    sub rax, 4096
    cmp rax, r11
    jge .next
    ret

; Transitions between managed and other code need no bookkeeping: nothing is suspended by polling.
align 16
RhpPInvoke:
RhpPInvokeReturn:
RhpReversePInvoke:
RhpReversePInvokeReturn:
RhpGcPoll:
    ret

section .data align=8
RhpTrapThreads:     dd 0
g_cpuFeatures:      dd 0
__security_cookie:  dq 0x5CA1AB1E0DDBA11

dispatch_table_address: dq dispatch_table

section .bss align=64
dispatch_table: resq DISPATCH_TABLE_ENTRIES

section .text
global rt_get_dispatch_stub
rt_get_dispatch_stub:
    lea rax, [RhpInitialDynamicInterfaceDispatch]
    ret
