; Entry and exit of interrupts and exceptions.
;
; Every vector arrives on an interrupt stack of its own (IST), because the stack of the interrupted code may be a domain's
; and worthless. That stack is the only kernel memory a domain's view may write, so nothing else is written before the
; kernel's rights are back. The frame is then moved to the stack on which the thread goes on in the kernel: below the
; interrupted stack pointer if the kernel was interrupted, at the innermost XPC frame if a domain was. Interrupts stay off
; until then, so one interrupt stack serves every vector that cannot come in between; NMI, #DF and #MC have their own.

bits 64
default rel
%include "layout.inc"

extern trap_handler, trap_preempt, gate_abort
extern cpu_in_domain, cpu_kernel_view, cpu_current_view, cpu_task_state, cpu_preempt_disabled, cpu_reschedule
extern rt_current_thread
global trap_stubs, trap_return, fault_safe_copy, fault_safe_copy_end, fault_safe_copy_failed

; Offsets on the interrupt stack after three pushes.
IS_RDX      equ 0
IS_RCX      equ 8
IS_RAX      equ 16
IS_VECTOR   equ 24
IS_ERROR    equ 32
IS_RIP      equ 40
IS_CS       equ 48
IS_RFLAGS   equ 56
IS_RSP      equ 64
IS_SS       equ 72

section .text
; Each stub is 16 bytes, so that the table of gates is computed, not stored.
align 16
trap_stubs:
%assign vector 0
%rep 256
align 16
%if !(vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21 || vector == 29 || vector == 30)
    push 0
%endif
    push strict dword vector
%if vector == 2 || vector == 8 || vector == 18
    jmp near trap_entry_fatal
%else
    jmp near trap_entry
%endif
%assign vector vector + 1
%endrep

; Takes the processor from a domain. EDX must be zero; changes RAX and RCX.
%macro TAKE_FROM_DOMAIN 0
    mov rax, [rt_current_thread]
    mov rax, [rax + T_XPC_FRAME]
    mov rax, [rax + F_DOMAIN]
    mov eax, [rax + D_BACK_END]
    cmp eax, BACK_END_PAGETABLE
    jb %%kernel_rights
    je %%pagetable
    mov ecx, MSR_PKRS
    xor eax, eax
    wrmsr
    jmp %%kernel_rights
%%pagetable:
    mov rax, [cpu_kernel_view]
    mov cr3, rax
    mov [cpu_current_view], rax
%%kernel_rights:
    mov qword [cpu_in_domain], 0
%endmacro

; NMI, #DF and #MC stay on their own stacks: the thread's may be what is broken. Nothing goes on after them, but what the kernel
; says then it writes with its own rights, and its own exceptions meanwhile are no domain's.
align 16
trap_entry_fatal:
    push rax
    push rcx
    push rdx
    xor edx, edx
    cmp qword [cpu_in_domain], 0
    je .in_kernel
    TAKE_FROM_DOMAIN
.in_kernel:
    mov rax, rsp
    and rax, -16
    jmp trap_entry.move

align 16
trap_entry:
    push rax
    push rcx
    push rdx
    xor edx, edx
    cmp qword [cpu_in_domain], 0
    jne .from_domain
    mov rax, [rsp + IS_RSP]
    and rax, -16
    jmp .move

.from_domain:
    TAKE_FROM_DOMAIN
    mov edx, 1
    mov rax, [cpu_task_state + TSS_RSP0]

.move:
    sub rax, TF_SIZE
    mov [rax + TF_FROM_DOMAIN], rdx
%macro MOVE_WORD 2
    mov rcx, [rsp + %1]
    mov [rax + %2], rcx
%endmacro
    MOVE_WORD IS_SS, TF_SS
    MOVE_WORD IS_RSP, TF_RSP
    MOVE_WORD IS_RFLAGS, TF_RFLAGS
    MOVE_WORD IS_CS, TF_CS
    MOVE_WORD IS_RIP, TF_RIP
    MOVE_WORD IS_ERROR, TF_ERROR
    MOVE_WORD IS_VECTOR, TF_VECTOR
    MOVE_WORD IS_RAX, TF_RAX
    MOVE_WORD IS_RCX, TF_RCX
    MOVE_WORD IS_RDX, TF_RDX
    mov rsp, rax
    mov [rsp + TF_RBX], rbx
    mov [rsp + TF_RSI], rsi
    mov [rsp + TF_RDI], rdi
    mov [rsp + TF_RBP], rbp
    mov [rsp + TF_R8], r8
    mov [rsp + TF_R9], r9
    mov [rsp + TF_R10], r10
    mov [rsp + TF_R11], r11
    mov [rsp + TF_R12], r12
    mov [rsp + TF_R13], r13
    mov [rsp + TF_R14], r14
    mov [rsp + TF_R15], r15
    fxsave64 [rsp + TF_VECTOR_STATE]
    ldmxcsr [default_mxcsr]
    cld
    mov rdi, rsp
    call trap_handler

; RSP = the trap frame. A thread that was preempted comes back here when it is scheduled again.
trap_return:
    cli
    cmp qword [cpu_reschedule], 0
    je .no_preemption
    cmp qword [cpu_preempt_disabled], 0
    jne .no_preemption
    ; Code that had interrupts off when it faulted must not lose the processor.
    test dword [rsp + TF_RFLAGS], 0x200
    jz .no_preemption
    call trap_preempt
    jmp trap_return

.no_preemption:
    cmp qword [rsp + TF_FROM_DOMAIN], 0
    je .restore
    mov rax, [rt_current_thread]
    mov rbx, [rax + T_XPC_FRAME]
    mov rdi, [rbx + F_DOMAIN]
    cmp dword [rdi + D_STATE], DOMAIN_ALIVE
    jne .abort
    mov qword [cpu_in_domain], 1
    mov eax, [rdi + D_BACK_END]
    cmp eax, BACK_END_RING3
    jb .restore
    cmp eax, BACK_END_PKS
    je .keys
    mov rax, [rdi + D_VIEW]
    cmp rax, [cpu_current_view]
    je .restore
    mov [cpu_current_view], rax
    mov cr3, rax
    jmp .restore
.keys:
    mov ecx, MSR_PKRS
    mov eax, [rdi + D_KEY_RIGHTS]
    xor edx, edx
    wrmsr

.restore:
    fxrstor64 [rsp + TF_VECTOR_STATE]
    mov r15, [rsp + TF_R15]
    mov r14, [rsp + TF_R14]
    mov r13, [rsp + TF_R13]
    mov r12, [rsp + TF_R12]
    mov r11, [rsp + TF_R11]
    mov r10, [rsp + TF_R10]
    mov r9, [rsp + TF_R9]
    mov r8, [rsp + TF_R8]
    mov rbp, [rsp + TF_RBP]
    mov rdi, [rsp + TF_RDI]
    mov rsi, [rsp + TF_RSI]
    mov rdx, [rsp + TF_RDX]
    mov rcx, [rsp + TF_RCX]
    mov rbx, [rsp + TF_RBX]
    mov rax, [rsp + TF_RAX]
    add rsp, TF_RIP
    iretq

.abort:
    mov rsp, rbx
    jmp gate_abort

; ulong fault_safe_copy(void* destination, void* source, nuint sizeBytes)
; Copies to or from a domain. Returns 0, or 1 if an address was not accessible: the trap handler continues at
; fault_safe_copy_failed when an access between these labels faults.
align 16
fault_safe_copy:
    sub rdx, 32
    jb .rest
.next:
    ; Through vector registers: a string instruction is slow under emulation.
    movdqu xmm0, [rsi]
    movdqu xmm1, [rsi + 16]
    movdqu [rdi], xmm0
    movdqu [rdi + 16], xmm1
    add rsi, 32
    add rdi, 32
    sub rdx, 32
    jae .next
.rest:
    lea rcx, [rdx + 32]
    rep movsb
    xor eax, eax
    ret
fault_safe_copy_end:
fault_safe_copy_failed:
    mov eax, 1
    ret

; Addresses of code, for C#.
global trap_get_stubs, trap_get_copy_start, trap_get_copy_end, trap_get_copy_failed
trap_get_stubs:
    lea rax, [trap_stubs]
    ret
trap_get_copy_start:
    lea rax, [fault_safe_copy]
    ret
trap_get_copy_end:
    lea rax, [fault_safe_copy_end]
    ret
trap_get_copy_failed:
    lea rax, [fault_safe_copy_failed]
    ret

section .rodata
default_mxcsr: dd 0x1F80
