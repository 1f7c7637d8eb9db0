; Where the linker has placed the parts of the kernel image, for C#.

bits 64
default rel

global kernel_get_sections
extern boot_start, boot_end, text_start, text_end, rodata_start, rodata_end, data_start, data_end

section .text
; void kernel_get_sections(KernelSections* destination): pairs of first and end address, in the order of the structure.
; The boot part has physical addresses, out of reach of RIP-relative addressing.
kernel_get_sections:
%macro STORE_ADDRESS 1
    mov rax, %1
    stosq
%endmacro
    STORE_ADDRESS boot_start
    STORE_ADDRESS boot_end
    STORE_ADDRESS text_start
    STORE_ADDRESS text_end
    STORE_ADDRESS rodata_start
    STORE_ADDRESS rodata_end
    STORE_ADDRESS data_start
    STORE_ADDRESS data_end
    ret
