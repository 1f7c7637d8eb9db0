; How an image that is not the kernel starts, calls the kernel, and returns from calls of the kernel.

bits 64
default rel

extern runtime_start, ExtensionMain, rt_current_thread, rt_gate_call
global image_start, XpcCall, xpc_system_call, xpc_return

THREAD_SAVED_STACK_POINTER equ 8        ; ThreadBlock.savedStackPointer

section .text

; ulong image_start(): the first entry into an instance. Returns a CallStatus.
image_start:
    push rbx                            ; aligns the stack
    call runtime_start
    call ExtensionMain
    pop rbx
    ret

; ulong XpcCall(uint service, void* arguments): calls the kernel and returns a CallStatus.
; The kernel keeps no register of ours, and while we are gone a collection on another thread of this image must see what we
; hold: both are served by pushing the registers that a caller may rely on. When the call is a fault, the kernel reads them
; here, to tell who has called.
align 16
XpcCall:
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    mov rax, [rt_current_thread]
    mov [rax + THREAD_SAVED_STACK_POINTER], rsp
    call [rt_gate_call]
    mov rcx, [rt_current_thread]        ; the collector is to look at this stack only while we are gone
    mov qword [rcx + THREAD_SAVED_STACK_POINTER], 0
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret

; What rt_gate_call leads to at ring 3. EAX = service + 1, RSI = arguments.
align 16
xpc_system_call:
    lea eax, [rdi + 1]
    syscall
    ret

; Where a stub returns to at ring 3: EAX = 0 says that the call is over, RDX is its result.
align 16
xpc_return:
    mov rdx, rax
    xor eax, eax
    syscall
