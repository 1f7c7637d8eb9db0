; What the runtime needs to know of its own image, and how an image starts.

bits 64
default rel

extern modules_start, modules_end, eh_frame_header_start, data_start, roots_end, managed_code_start, managed_code_end
extern text_start
extern GetRuntimeException, RuntimeFailFast, AppendExceptionStackFrame, GetSystemArrayEEType, OnFirstChanceException
extern OnUnhandledException, IDynamicCastableIsInterfaceImplemented, IDynamicCastableGetInterfaceImplementation
extern InitializeModules, __managed__Startup
extern rt_after_catch_funclet, rt_after_finally_funclet, rt_after_filter_funclet, rt_image_block
global rt_get_image, runtime_start, rt_scan_with_registers

CLASSLIB_FUNCTIONS equ 14

section .text
; ImageInfo* rt_get_image()
rt_get_image:
    lea rax, [image_info]
    ret

; void runtime_start(): makes literals, types, statics and exceptions work. Memory and the current thread must be there.
runtime_start:
    push rbx
    lea rdi, [text_start]
    lea rsi, [modules_start]
    lea rdx, [modules_end]
    sub rdx, rsi
    shr rdx, 3
    lea rcx, [classlib_functions]
    mov r8d, CLASSLIB_FUNCTIONS
    call InitializeModules
    call __managed__Startup
    pop rbx
    ret

; void rt_scan_with_registers(delegate* managed<nuint stackPointer, void> scan): calls back with every register that the
; caller may hold a reference in on the stack.
rt_scan_with_registers:
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    mov rax, rdi
    mov rdi, rsp
    sub rsp, 8
    call rax
    add rsp, 8
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret

section .data align=8
image_info:
    dq managed_code_start
    dq managed_code_end
    dq eh_frame_header_start
    dq data_start
    dq roots_end
    dq rt_after_catch_funclet
    dq rt_after_finally_funclet
    dq rt_after_filter_funclet
    dq rt_image_block

classlib_functions:
    dq GetRuntimeException
    dq RuntimeFailFast
    dq 0
    dq AppendExceptionStackFrame
    dq 0
    dq GetSystemArrayEEType
    dq OnFirstChanceException
    dq OnUnhandledException
    dq IDynamicCastableIsInterfaceImplemented
    dq IDynamicCastableGetInterfaceImplementation
    dq 0, 0, 0, 0
