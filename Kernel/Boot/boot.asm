; From the boot loader (Multiboot2 1.6+, 32-bit protected mode) to 64-bit code at -2 GiB.
; Early page tables: the first 4 GiB at 0, at the direct map and, their first GiB, at -2 GiB. KernelEarly replaces them.

%define KERNEL_BASE 0xFFFFFFFF80000000
MULTIBOOT_MAGIC         equ 0xE85250D6
MULTIBOOT_LOADED        equ 0x36D76289
ARCHITECTURE_I386       equ 0
PAGE_PRESENT_WRITABLE   equ 3
PAGE_LARGE              equ 0x83
MSR_EFER                equ 0xC0000080
EFER_LONG_MODE          equ 1 << 8
EFER_NO_EXECUTE         equ 1 << 11
CR4_PAE                 equ 1 << 5
CR4_GLOBAL_PAGES        equ 1 << 7
CR4_SSE                 equ 3 << 9      ; OSFXSR, OSXMMEXCPT
CR0_PAGING              equ 1 << 31
CR0_WRITE_PROTECT       equ 1 << 16
CR0_MONITOR_FPU         equ 1 << 1
CR0_EMULATE_FPU         equ 1 << 2
CR0_NUMERIC_ERROR       equ 1 << 5      ; exceptions of the x87 are the processor's, and not those of an interrupt line
BOOT_STACK_BYTES        equ 64 * 1024

global boot_start, boot_stack_low, boot_stack_high, boot_get_stack_low, boot_get_stack_high
extern KernelEarly, runtime_start, KernelMain

section .multiboot align=8
multiboot_header:
    dd MULTIBOOT_MAGIC
    dd ARCHITECTURE_I386
    dd multiboot_header_end - multiboot_header
    dd 0x100000000 - (MULTIBOOT_MAGIC + ARCHITECTURE_I386 + (multiboot_header_end - multiboot_header))
    ; Framebuffer tag, optional: text mode or 1024x768x32, whatever the loader has.
    align 8
    dw 5, 1
    dd 20
    dd 1024, 768, 32
    ; Module alignment.
    align 8
    dw 6, 0
    dd 8
    align 8
    dw 0, 0
    dd 8
multiboot_header_end:

section .boot progbits alloc exec write align=16
bits 32
boot_start:
    cli
    cld
    cmp eax, MULTIBOOT_LOADED
    jne boot_refused
    mov edi, ebx                    ; physical address of the boot information
    mov esp, boot_early_stack_end

    ; Four page directories of 2 MiB pages cover 4 GiB.
    mov ecx, 4 * 512
    mov ebx, boot_directories
    mov eax, PAGE_LARGE
    xor edx, edx
.fill:
    mov [ebx], eax
    mov [ebx + 4], edx
    add eax, 0x200000
    adc edx, 0
    add ebx, 8
    dec ecx
    jnz .fill

    mov eax, boot_directories + PAGE_PRESENT_WRITABLE
    mov ebx, boot_low_pointers
    mov ecx, 4
.link:
    mov [ebx], eax
    add eax, 4096
    add ebx, 8
    dec ecx
    jnz .link
    mov dword [boot_high_pointers + 510 * 8], boot_directories + PAGE_PRESENT_WRITABLE
    mov dword [boot_top], boot_low_pointers + PAGE_PRESENT_WRITABLE
    mov dword [boot_top + 256 * 8], boot_low_pointers + PAGE_PRESENT_WRITABLE
    mov dword [boot_top + 511 * 8], boot_high_pointers + PAGE_PRESENT_WRITABLE

    mov eax, cr4
    or eax, CR4_PAE | CR4_GLOBAL_PAGES | CR4_SSE
    mov cr4, eax
    mov eax, boot_top
    mov cr3, eax
    mov ecx, MSR_EFER
    rdmsr
    or eax, EFER_LONG_MODE | EFER_NO_EXECUTE
    wrmsr
    mov eax, cr0
    and eax, ~CR0_EMULATE_FPU
    or eax, CR0_PAGING | CR0_WRITE_PROTECT | CR0_MONITOR_FPU | CR0_NUMERIC_ERROR
    mov cr0, eax
    lgdt [boot_descriptor_pointer]
    jmp 0x08:boot_long_mode

boot_refused:
    ; Nothing is known about the machine but that it has a text screen.
    mov dword [0xB8000], 0x4F424F4D     ; "MB"
    hlt
    jmp boot_refused

bits 64
boot_long_mode:
    mov eax, 0x10
    mov ds, eax
    mov es, eax
    mov ss, eax
    xor eax, eax
    mov fs, eax
    mov gs, eax
    mov rax, boot_high
    jmp rax

align 8
boot_descriptors:
    dq 0
    dq 0x00AF9B000000FFFF
    dq 0x00CF93000000FFFF
boot_descriptor_pointer:
    dw 23
    dd boot_descriptors

section .boot_bss nobits alloc write align=4096
boot_top:           resb 4096
boot_low_pointers:  resb 4096
boot_high_pointers: resb 4096
boot_directories:   resb 4 * 4096
boot_early_stack:   resb 4096
boot_early_stack_end:

section .text
boot_high:
    mov rsp, boot_stack_high
    fninit                          ; after a reset the x87 traps on inexact results
    xor ebp, ebp
    mov edi, edi
    sub rsp, 16                     ; a zero return address ends the unwinding
    mov qword [rsp], 0
    mov qword [rsp + 8], 0
    call KernelEarly
    call runtime_start
    call KernelMain
.stop:
    cli
    hlt
    jmp .stop

boot_get_stack_low:
    mov rax, boot_stack_low
    ret
boot_get_stack_high:
    mov rax, boot_stack_high
    ret

; Not in .bss: the collector scans a stack from its stack pointer, not all of it.
section .stack nobits alloc noexec write align=4096
boot_stack_low: resb BOOT_STACK_BYTES
boot_stack_high:
