; Change of thread. Registers that the calling convention lets a callee change need no saving: the switch is a call.

bits 64
default rel
%include "layout.inc"

extern rt_current_thread, rt_thread_list, cpu_task_state, thread_exit
global thread_switch, thread_start, thread_current, thread_get_start, thread_adopt, thread_get_list_head

section .text
; void thread_switch(ThreadControl* from, ThreadControl* to); interrupts are off
thread_switch:
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    mov [rdi + T_SAVED_STACK], rsp
    mov [rt_current_thread], rsi
    mov rsp, [rsi + T_SAVED_STACK]
    ; A domain that is interrupted continues in the kernel at the innermost frame of its own thread.
    mov rax, [rsi + T_XPC_FRAME]
    mov [cpu_task_state + TSS_RSP0], rax
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret

; Where a new thread begins: RBX = entry, R12 = argument, as its creator placed them on its stack.
thread_start:
    sti
    mov rdi, r12
    call rbx
    mov rdi, rax
    call thread_exit
    ud2

; ThreadControl* thread_current()
thread_current:
    mov rax, [rt_current_thread]
    ret

thread_get_start:
    lea rax, [thread_start]
    ret

; void thread_adopt(ThreadControl* thread): the code that runs now becomes this thread.
thread_adopt:
    mov [rt_current_thread], rdi
    ret

; ThreadControl** thread_get_list_head(): the list that the collector of the kernel image walks, too.
thread_get_list_head:
    lea rax, [rt_thread_list]
    ret
