; Access to I/O ports. The port is in edi, the value in esi; the result is in eax with the upper bits zero.

bits 64
default rel

global port_in8, port_in16, port_in32, port_out8, port_out16, port_out32

section .text
port_in8:
    mov edx, edi
    xor eax, eax
    in al, dx
    ret

port_in16:
    mov edx, edi
    xor eax, eax
    in ax, dx
    ret

port_in32:
    mov edx, edi
    in eax, dx
    ret

port_out8:
    mov edx, edi
    mov eax, esi
    out dx, al
    ret

port_out16:
    mov edx, edi
    mov eax, esi
    out dx, ax
    ret

port_out32:
    mov edx, edi
    mov eax, esi
    out dx, eax
    ret
