; The seam between the processor's state and CoreLib's exception dispatch (EH.RhThrowEx and friends).

bits 64
default rel

extern RhThrowEx, RhThrowHwEx, RhRethrow
extern rt_current_thread
global RhpThrowEx, RhpThrowHwEx, RhpRethrow
global RhpCallCatchFunclet, RhpCallFinallyFunclet, RhpCallFilterFunclet
global rt_after_catch_funclet, rt_after_finally_funclet, rt_after_filter_funclet
global rt_capture_context

; ExInfo, PAL_LIMITED_CONTEXT and REGDISPLAY as CoreLib 9.0 lays them out.
EX_PREVIOUS     equ 0
EX_CONTEXT      equ 8
EX_EXCEPTION    equ 0x10
EX_KIND         equ 0x18
EX_PASS         equ 0x19
EX_CLAUSE       equ 0x1C
EX_SIZE         equ 0x1A0
CTX_IP          equ 0
CTX_RSP         equ 8
CTX_RBP         equ 0x10
CTX_RAX         equ 0x18
CTX_RBX         equ 0x20
CTX_RDX         equ 0x28
CTX_R12         equ 0x30
CTX_R13         equ 0x38
CTX_R14         equ 0x40
CTX_R15         equ 0x48
CTX_SIZE        equ 0x50
RD_RBX          equ 0x18
RD_RBP          equ 0x20
RD_R12          equ 0x58
RD_R13          equ 0x60
RD_R14          equ 0x68
RD_R15          equ 0x70
RD_SP           equ 0x78
KIND_THROW      equ 1
KIND_HARDWARE   equ 2
NO_CLAUSE       equ 0xFFFFFFFF
TB_EXCEPTIONS   equ 32          ; ThreadBlock.exInfoHead

section .text

; Builds a context of the caller and an ExInfo below it. RDX = the caller's stack pointer, RAX = its instruction.
%macro BEGIN_DISPATCH 1
    sub rsp, CTX_SIZE + EX_SIZE
    and rsp, -16
    lea rcx, [rsp + EX_SIZE]
    mov [rcx + CTX_IP], rax
    mov [rcx + CTX_RSP], rdx
    mov [rcx + CTX_RBP], rbp
    mov qword [rcx + CTX_RAX], 0
    mov [rcx + CTX_RBX], rbx
    mov qword [rcx + CTX_RDX], 0
    mov [rcx + CTX_R12], r12
    mov [rcx + CTX_R13], r13
    mov [rcx + CTX_R14], r14
    mov [rcx + CTX_R15], r15
    mov [rsp + EX_CONTEXT], rcx
    mov qword [rsp + EX_EXCEPTION], 0
    mov byte [rsp + EX_KIND], %1
    mov byte [rsp + EX_PASS], 1
    mov dword [rsp + EX_CLAUSE], NO_CLAUSE
    mov rcx, [rt_current_thread]
    mov r8, [rcx + TB_EXCEPTIONS]
    mov [rsp + EX_PREVIOUS], r8
    mov [rcx + TB_EXCEPTIONS], rsp
%endmacro

; void RhpThrowEx(object exception)
align 16
RhpThrowEx:
    mov rax, [rsp]
    lea rdx, [rsp + 8]
    BEGIN_DISPATCH KIND_THROW
    mov rsi, rsp
    call RhThrowEx
    ud2

; Entered by the trap handler, not called: RDI = exception code, RSI = faulting instruction, RSP as it was there.
align 16
RhpThrowHwEx:
    mov rax, rsi
    mov rdx, rsp
    BEGIN_DISPATCH KIND_HARDWARE
    mov rsi, rsp
    call RhThrowHwEx
    ud2

; void RhpRethrow()
align 16
RhpRethrow:
    mov rax, [rsp]
    lea rdx, [rsp + 8]
    BEGIN_DISPATCH KIND_THROW
    mov rsi, rsp
    mov rdi, r8                     ; the exception that is being handled
    call RhRethrow
    ud2

%macro LOAD_REGISTERS 1
    mov rax, [%1 + RD_RBX]
    mov rbx, [rax]
    mov rax, [%1 + RD_RBP]
    mov rbp, [rax]
    mov rax, [%1 + RD_R12]
    mov r12, [rax]
    mov rax, [%1 + RD_R13]
    mov r13, [rax]
    mov rax, [%1 + RD_R14]
    mov r14, [rax]
    mov rax, [%1 + RD_R15]
    mov r15, [rax]
%endmacro

%macro PUSH_REGISTERS 0
    push rbp
    push rbx
    push r12
    push r13
    push r14
    push r15
%endmacro

%macro POP_REGISTERS 0
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbx
    pop rbp
%endmacro

; nint RhpCallCatchFunclet(object exception, void* handler, REGDISPLAY* registers, ExInfo* exInfo)
; Runs the handler, takes every dispatch below the resumed frame off the list and goes on where the handler says.
align 16
RhpCallCatchFunclet:
    PUSH_REGISTERS
    sub rsp, 24
    mov [rsp], rdx
    mov r8, rsi
    mov rsi, rdi
    mov rdi, [rdx + RD_SP]
    LOAD_REGISTERS rdx
    call r8
rt_after_catch_funclet:
    mov rdx, [rsp]
    mov rdx, [rdx + RD_SP]
    mov rcx, [rt_current_thread]
    mov r8, [rcx + TB_EXCEPTIONS]
.drop:
    test r8, r8
    jz .dropped
    cmp r8, rdx
    jae .dropped
    mov r8, [r8 + EX_PREVIOUS]
    jmp .drop
.dropped:
    mov [rcx + TB_EXCEPTIONS], r8
    mov rsp, rdx
    jmp rax

; void RhpCallFinallyFunclet(void* handler, REGDISPLAY* registers)
align 16
RhpCallFinallyFunclet:
    PUSH_REGISTERS
    sub rsp, 24
    mov [rsp], rsi
    mov r8, rdi
    mov rdi, [rsi + RD_SP]
    LOAD_REGISTERS rsi
    call r8
rt_after_finally_funclet:
    mov rsi, [rsp]
    ; The frame goes on with what the handler left in these registers.
    mov rax, [rsi + RD_RBX]
    mov [rax], rbx
    mov rax, [rsi + RD_RBP]
    mov [rax], rbp
    mov rax, [rsi + RD_R12]
    mov [rax], r12
    mov rax, [rsi + RD_R13]
    mov [rax], r13
    mov rax, [rsi + RD_R14]
    mov [rax], r14
    mov rax, [rsi + RD_R15]
    mov [rax], r15
    add rsp, 24
    POP_REGISTERS
    ret

; bool RhpCallFilterFunclet(object exception, void* filter, REGDISPLAY* registers)
align 16
RhpCallFilterFunclet:
    PUSH_REGISTERS
    sub rsp, 24
    mov r8, rsi
    mov rsi, rdi
    mov rdi, [rdx + RD_SP]
    LOAD_REGISTERS rdx
    call r8
rt_after_filter_funclet:
    add rsp, 24
    POP_REGISTERS
    ret

; void rt_capture_context(Context* context): the state of the caller, for walking its stack.
align 16
rt_capture_context:
    mov rax, [rsp]
    mov [rdi + CTX_IP], rax
    lea rax, [rsp + 8]
    mov [rdi + CTX_RSP], rax
    mov [rdi + CTX_RBP], rbp
    mov [rdi + CTX_RBX], rbx
    mov [rdi + CTX_R12], r12
    mov [rdi + CTX_R13], r13
    mov [rdi + CTX_R14], r14
    mov [rdi + CTX_R15], r15
    ret
