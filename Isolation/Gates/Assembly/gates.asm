; The gates: how a kernel thread enters a domain (XpcEnter), comes back, and how a domain calls the kernel.
;
; A domain is a monitor: D_OWNER names the one thread that may run inside. It is given up while that thread is in a
; service of the kernel that may wait or call a domain, and kept in one that does neither: who asks for memory in the
; middle of a change wants nobody to see half of it. Between CLI and the last instruction before the domain nothing can interrupt, so the state
; "in a domain" (cpu_in_domain, the frame, TSS.RSP0) is always whole when a trap looks at it.
;
; Registers on the common paths: RDI = DomainControl, R8 = StackDescriptor, R10 = arguments in the domain,
; RSI = entry point, RSP = XpcFrame while in the kernel.

bits 64
default rel
%include "layout.inc"

extern rt_current_thread, cpu_task_state, cpu_in_domain, cpu_current_view, cpu_kernel_view
extern gate_wait_enter, gate_wait_resume, gate_wake_waiters, service_entry
global xpc_enter, gate_syscall, gate_abort
global gate_enter_direct, gate_enter_ring3, gate_enter_pagetable, gate_enter_pks
global gate_resume_direct, gate_resume_ring3, gate_resume_pagetable, gate_resume_pks
global gate_call_direct, gate_call_pagetable, gate_call_pks

%macro RESTORE_AND_RETURN 0
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret
%endmacro

section .text
; ulong xpc_enter(DomainControl* domain, void* entry, void* arguments, nuint sizeBytes)
; Runs entry(arguments) inside the domain and returns what it returned, or CallStatus.DomainDied/DomainUnavailable.
align 16
xpc_enter:
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    sub rsp, F_LENGTH
    cli
.begin:
    cmp dword [rdi + D_STATE], DOMAIN_ALIVE
    jne .unavailable
    cmp qword [rdi + D_OWNER], 0
    jne .wait
    mov r8, [rdi + D_FREE_STACK]
    test r8, r8
    jz .wait
    mov rax, [rt_current_thread]
    mov [rdi + D_OWNER], rax
    mov r9, [r8 + S_NEXT]
    mov [rdi + D_FREE_STACK], r9
    mov r9, [rax + T_XPC_FRAME]
    mov [rsp + F_PREVIOUS], r9
    mov [rsp + F_DOMAIN], rdi
    mov [rsp + F_STACK], r8
    mov qword [rsp + F_TICKS], 0
    mov qword [rsp + F_IN_SERVICE], 0
    mov [rsp + F_ARGUMENTS], rdx
    mov [rsp + F_SIZE_BYTES], rcx
    mov [rax + T_XPC_FRAME], rsp
    mov [cpu_task_state + TSS_RSP0], rsp
    inc qword [rdi + D_ACTIVE_FRAMES]
    inc qword [rdi + D_CALLS_IN]
    mov r9, [rdi + D_BLOCK]
    mov rax, [r8 + S_THREAD_BLOCK]
    mov [r9], rax
    mov r10, rdx                ; without a structure to copy, the argument itself is passed
    test rcx, rcx
    jnz .copy_arguments
.go:
    jmp [rdi + D_ENTER_CODE]

.copy_arguments:
    mov r10, [r8 + S_ARGUMENTS]
.copy_next:
    mov rax, [rdx + rcx - 8]
    mov [r10 + rcx - 8], rax
    sub rcx, 8
    jnz .copy_next
    jmp .go

.wait:
    ; Somebody else is inside, or every stack of the pool is in use: wait in the scheduler, then look again.
    mov rbx, rdi
    mov rbp, rsi
    mov r12, rdx
    mov r13, rcx
    call gate_wait_enter
    mov rdi, rbx
    mov rsi, rbp
    mov rdx, r12
    mov rcx, r13
    jmp .begin

.unavailable:
    mov eax, CALL_UNAVAILABLE
    add rsp, F_LENGTH
    sti
    RESTORE_AND_RETURN

; Entering, by back end.
align 16
gate_enter_ring3:
    mov rax, [rdi + D_VIEW]
    cmp rax, [cpu_current_view]
    jne .other_view
.same_view:
    mov qword [cpu_in_domain], 1
    mov rsp, [r8 + S_ENTRY_STACK]
    mov rcx, rsi
    mov r11d, 0x202
    mov rdi, r10
    o64 sysret
.other_view:
    mov [cpu_current_view], rax
    mov cr3, rax
    jmp .same_view

%macro ENTER_AT_KERNEL_PRIVILEGE 1
    lea rax, [%1]
    mov rsp, [r8 + S_ENTRY_STACK]
    mov [rsp], rax
    mov qword [cpu_in_domain], 1
%endmacro

align 16
gate_enter_direct:
    ENTER_AT_KERNEL_PRIVILEGE gate_return_direct
    mov rdi, r10
    sti
    jmp rsi

align 16
gate_enter_pagetable:
    ENTER_AT_KERNEL_PRIVILEGE gate_return_pagetable
    mov rax, [rdi + D_VIEW]
    mov [cpu_current_view], rax
    mov cr3, rax
    mov rdi, r10
    sti
    jmp rsi

align 16
gate_enter_pks:
    ENTER_AT_KERNEL_PRIVILEGE gate_return_pks
    mov eax, [rdi + D_KEY_RIGHTS]
    mov rdi, r10
    mov ecx, MSR_PKRS
    xor edx, edx
    wrmsr
    sti
    jmp rsi

; Coming back at kernel privilege: the domain's function returned to here, with its result in RAX.
align 16
gate_return_direct:
    cli
    mov rdx, rax
    jmp gate_returned

align 16
gate_return_pagetable:
    cli
    mov rdx, rax
    mov rax, [cpu_kernel_view]
    mov cr3, rax
    mov [cpu_current_view], rax
    jmp gate_returned

align 16
gate_return_pks:
    cli
    mov r8, rax
    mov ecx, MSR_PKRS
    xor eax, eax
    xor edx, edx
    wrmsr
    mov rdx, r8
    jmp gate_returned

; SYSCALL from a domain at ring 3. EAX = 0: return from an XPC with the result in RDX. Else service + 1, arguments in RSI.
align 16
gate_syscall:
    mov [domain_stack], rsp
    mov rsp, [cpu_task_state + TSS_RSP0]
    mov qword [cpu_in_domain], 0
    test eax, eax
    jnz gate_called
    jmp gate_finish

gate_returned:
    cld
    mov rsp, [cpu_task_state + TSS_RSP0]
    mov qword [cpu_in_domain], 0

; The XPC is over. RDX = result.
gate_finish:
    ldmxcsr [kernel_mxcsr]
    mov rdi, [rsp + F_DOMAIN]
    mov r8, [rsp + F_STACK]
    cmp dword [rdi + D_STATE], DOMAIN_ALIVE
    jne gate_abort
    mov rcx, [rsp + F_SIZE_BYTES]
    test rcx, rcx
    jnz .copy_results
.copied:
    mov r9, [rdi + D_FREE_STACK]
    mov [r8 + S_NEXT], r9
    mov [rdi + D_FREE_STACK], r8
    dec qword [rdi + D_ACTIVE_FRAMES]
    mov rax, [rt_current_thread]
    mov r9, [rsp + F_PREVIOUS]
    mov [rax + T_XPC_FRAME], r9
    mov [cpu_task_state + TSS_RSP0], r9
    mov qword [rdi + D_OWNER], 0
    cmp qword [rdi + D_WAITERS], 0
    jne .wake
.leave:
    add rsp, F_LENGTH
    mov rax, rdx
    sti
    RESTORE_AND_RETURN

.copy_results:
    mov r10, [r8 + S_ARGUMENTS]
    mov r9, [rsp + F_ARGUMENTS]
.copy_next:
    mov rax, [r10 + rcx - 8]
    mov [r9 + rcx - 8], rax
    sub rcx, 8
    jnz .copy_next
    jmp .copied

.wake:
    mov rbx, rdx
    call gate_wake_waiters
    mov rdx, rbx
    jmp .leave

; The domain is dead: the thread leaves it from wherever it was. RSP = XpcFrame, interrupts off.
; The stack is not given back to the pool; teardown frees it with the rest of the domain's memory.
align 16
gate_abort:
    cld
    ldmxcsr [kernel_mxcsr]
    mov rdi, [rsp + F_DOMAIN]
    dec qword [rdi + D_ACTIVE_FRAMES]
    mov rax, [rt_current_thread]
    mov r9, [rsp + F_PREVIOUS]
    mov [rax + T_XPC_FRAME], r9
    mov [cpu_task_state + TSS_RSP0], r9
    cmp [rdi + D_OWNER], rax
    jne .not_owner
    mov qword [rdi + D_OWNER], 0
.not_owner:
    call gate_wake_waiters
    add rsp, F_LENGTH
    mov eax, CALL_DOMAIN_DIED
    sti
    RESTORE_AND_RETURN

; Calls from a domain at kernel privilege: reached by CALL from the image's XpcCall. EDI = service, RSI = arguments.
%macro CALLED_AT_KERNEL_PRIVILEGE 0
    cli
    cld
    lea eax, [rdi + 1]
    pop rcx
    mov r11d, 0x202
%endmacro

align 16
gate_call_direct:
    CALLED_AT_KERNEL_PRIVILEGE
    jmp gate_called_switch_stack

align 16
gate_call_pagetable:
    CALLED_AT_KERNEL_PRIVILEGE
    mov rdx, [cpu_kernel_view]
    mov cr3, rdx
    mov [cpu_current_view], rdx
    jmp gate_called_switch_stack

align 16
gate_call_pks:
    CALLED_AT_KERNEL_PRIVILEGE
    mov r8d, eax
    mov r9, rcx
    mov ecx, MSR_PKRS
    xor eax, eax
    xor edx, edx
    wrmsr
    mov eax, r8d
    mov rcx, r9

gate_called_switch_stack:
    mov [domain_stack], rsp
    mov rsp, [cpu_task_state + TSS_RSP0]
    mov qword [cpu_in_domain], 0

; EAX = service + 1, RSI = arguments, RCX = where to go on, R11 = flags, [domain_stack] = the domain's stack pointer.
gate_called:
    mov [rsp + F_RIP], rcx
    mov [rsp + F_RFLAGS], r11
    mov rcx, [domain_stack]
    mov [rsp + F_RSP], rcx
    ldmxcsr [kernel_mxcsr]
    mov rdi, [rsp + F_DOMAIN]
    cmp dword [rdi + D_STATE], DOMAIN_ALIVE
    jne gate_abort
    mov rdx, rsi
    lea esi, [rax - 1]
    mov [rsp + F_SERVICE], rsi
    mov qword [rsp + F_IN_SERVICE], 1
    inc qword [rdi + D_CALLS_OUT]
    cmp esi, SERVICE_LIMIT
    jae .give_up
    bt dword [kept_services], esi
    jnc .give_up
.serve:
    sti
    call service_entry
    cli
.back:
    mov rdi, [rsp + F_DOMAIN]
    cmp dword [rdi + D_STATE], DOMAIN_ALIVE
    jne gate_abort
    mov rcx, [rt_current_thread]
    cmp [rdi + D_OWNER], rcx
    jne .take
.inside:
    mov qword [rsp + F_IN_SERVICE], 0
    jmp [rdi + D_RESUME_CODE]

.give_up:
    inc qword [rdi + D_TURNS]
    mov qword [rdi + D_OWNER], 0
    cmp qword [rdi + D_WAITERS], 0
    je .serve
    mov rbx, rdi
    mov rbp, rsi
    mov r12, rdx
    ; The domain's own values of these registers are on its stack: XpcCall pushed them and pops them again.
    call gate_wake_waiters
    mov rdi, rbx
    mov rsi, rbp
    mov rdx, r12
    jmp .serve

.take:
    cmp qword [rdi + D_OWNER], 0
    jne .wait
    mov [rdi + D_OWNER], rcx
    mov r8, [rsp + F_STACK]
    mov r9, [rdi + D_BLOCK]
    mov rcx, [r8 + S_THREAD_BLOCK]
    mov [r9], rcx
    jmp .inside

.wait:
    mov rbx, rax
    call gate_wait_resume
    mov rax, rbx
    jmp .back

; Going on inside the domain after a service, by back end. RAX = status for the domain.
align 16
gate_resume_ring3:
    mov rcx, [rdi + D_VIEW]
    cmp rcx, [cpu_current_view]
    jne .other_view
.same_view:
    mov qword [cpu_in_domain], 1
    mov rcx, [rsp + F_RIP]
    mov r11, [rsp + F_RFLAGS]
    mov rsp, [rsp + F_RSP]
    o64 sysret
.other_view:
    mov [cpu_current_view], rcx
    mov cr3, rcx
    jmp .same_view

align 16
gate_resume_direct:
    mov qword [cpu_in_domain], 1
    mov rcx, [rsp + F_RIP]
    mov rsp, [rsp + F_RSP]
    sti
    jmp rcx

align 16
gate_resume_pagetable:
    mov qword [cpu_in_domain], 1
    mov rcx, [rsp + F_RIP]
    mov rsp, [rsp + F_RSP]
    mov rdx, [rdi + D_VIEW]
    mov [cpu_current_view], rdx
    mov cr3, rdx
    sti
    jmp rcx

align 16
gate_resume_pks:
    mov qword [cpu_in_domain], 1
    mov r8, rax
    mov r9, [rsp + F_RIP]
    mov rsp, [rsp + F_RSP]
    mov ecx, MSR_PKRS
    mov eax, [rdi + D_KEY_RIGHTS]
    xor edx, edx
    wrmsr
    mov rax, r8
    sti
    jmp r9

section .data align=8
domain_stack: dq 0

; One bit for each service: set if the monitor is kept during it. Written once, before the first call.
section .bss align=8
kept_services: resb SERVICE_LIMIT / 8

section .rodata
kernel_mxcsr: dd 0x1F80

align 8
gate_codes:
    dq gate_syscall
    dq xpc_enter
    dq gate_enter_direct, gate_enter_ring3, gate_enter_pagetable, gate_enter_pks
    dq gate_resume_direct, gate_resume_ring3, gate_resume_pagetable, gate_resume_pks
    dq gate_call_direct, 0, gate_call_pagetable, gate_call_pks
    dq gate_return_direct, gate_syscall, gate_return_pagetable, gate_return_pks

section .text
global gate_get_codes, gate_get_kept_services
gate_get_codes:
    lea rax, [gate_codes]
    ret

; uint* gate_get_kept_services()
gate_get_kept_services:
    lea rax, [kept_services]
    ret
