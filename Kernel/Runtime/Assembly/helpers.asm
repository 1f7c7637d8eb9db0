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

; Copies by words where source and destination allow it, so that a reference is never seen half written.
align 16
RhBulkMoveWithWriteBarrier:
memmove:
memcpy:
    mov rax, rdi
    mov rcx, rdi
    sub rcx, rsi
    cmp rcx, rdx
    jb .backwards
    mov rcx, rdx
    shr rcx, 3
    rep movsq
    mov ecx, edx
    and ecx, 7
    rep movsb
    ret
.backwards:
    ; The destination starts inside the source: from the end down, single bytes first.
    lea rdi, [rdi + rdx - 1]
    lea rsi, [rsi + rdx - 1]
    mov ecx, edx
    and ecx, 7
    std
    rep movsb
    sub rdi, 7
    sub rsi, 7
    mov rcx, rdx
    shr rcx, 3
    rep movsq
    cld
    ret

; void* memset(void* destination, int value, nuint sizeBytes)
align 16
memset:
    mov r8, rdi
    movzx eax, sil
    mov rcx, 0x0101010101010101
    imul rax, rcx
    mov rcx, rdx
    shr rcx, 3
    rep stosq
    mov ecx, edx
    and ecx, 7
    rep stosb
    mov rax, r8
    ret

; ref byte RhpGcSafeZeroMemory(ref byte destination, nuint sizeBytes)
align 16
RhpGcSafeZeroMemory:
    mov r8, rdi
    xor eax, eax
    mov rcx, rsi
    shr rcx, 3
    rep stosq
    mov ecx, esi
    and ecx, 7
    rep stosb
    mov rax, r8
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
