; Global descriptor table, task state, interrupt descriptor table, and the per-processor block.
; One processor: the block is addressed directly, and GS is never used, so that a domain cannot disturb it.

bits 64
default rel
%include "layout.inc"

global cpu_block, cpu_task_state, cpu_interrupt_table, cpu_load_descriptors
global cpu_in_domain, cpu_current_view, cpu_kernel_view, cpu_preempt_disabled, cpu_reschedule

section .data align=64
cpu_block:
cpu_in_domain:          dq 0    ; 1 from just before a domain gets the processor until just after it lost it
cpu_current_view:       dq 0    ; what CR3 holds
cpu_kernel_view:        dq 0    ; the view in which everything is writable
cpu_preempt_disabled:   dq 0
cpu_reschedule:         dq 0

align 16
; Accessed bits are preset: a processor that had to set them would write to kernel memory with a domain's rights.
descriptor_table:
    dq 0
    dq 0x00AF9B000000FFFF       ; kernel code, 64 bit
    dq 0x00CF93000000FFFF       ; kernel data
    dq 0                        ; where SYSRET would look for 32-bit user code
    dq 0x00CFF3000000FFFF       ; user data
    dq 0x00AFFB000000FFFF       ; user code, 64 bit
task_descriptor:
    dq 0, 0
descriptor_table_end:

descriptor_pointer:
    dw descriptor_table_end - descriptor_table - 1
    dq descriptor_table

align 16
cpu_task_state:
    times 104 db 0
    dw 0

interrupt_pointer:
    dw 256 * 16 - 1
    dq cpu_interrupt_table

section .bss align=4096
cpu_interrupt_table: resb 256 * 16

section .text
; void cpu_load_descriptors(): GDT, segment registers, TSS, IDT. The caller has filled the IDT and the stacks in the TSS.
cpu_load_descriptors:
    lea rax, [cpu_task_state]
    mov word [rax + 102], 104   ; no I/O bitmap: beyond the limit, so every port traps at ring 3
    lea rdx, [task_descriptor]
    mov word [rdx], 103
    mov [rdx + 2], ax
    mov rcx, rax
    shr rcx, 16
    mov [rdx + 4], cl
    mov byte [rdx + 5], 0x89
    mov byte [rdx + 6], 0
    mov [rdx + 7], ch
    shr rcx, 16
    mov [rdx + 8], ecx
    lgdt [descriptor_pointer]
    push KERNEL_CODE
    lea rax, [.reloaded]
    push rax
    o64 retf
.reloaded:
    mov eax, KERNEL_DATA
    mov ds, eax
    mov es, eax
    mov ss, eax
    xor eax, eax
    mov fs, eax
    mov gs, eax
    mov eax, TASK_STATE
    ltr ax
    lidt [interrupt_pointer]
    ret

; Addresses of the structures above, for C#.
global cpu_get_block, cpu_get_task_state, cpu_get_interrupt_table
cpu_get_block:
    lea rax, [cpu_block]
    ret
cpu_get_task_state:
    lea rax, [cpu_task_state]
    ret
cpu_get_interrupt_table:
    lea rax, [cpu_interrupt_table]
    ret

; void cpu_get_code_ranges(ImageCodeRanges* destination): where the code of the kernel image lies.
global cpu_get_code_ranges
extern managed_code_start, managed_code_end, runtime_helpers_start, runtime_helpers_end, RhpThrowHwEx
cpu_get_code_ranges:
%macro STORE_CODE_ADDRESS 1
    lea rax, [%1]
    stosq
%endmacro
    STORE_CODE_ADDRESS managed_code_start
    STORE_CODE_ADDRESS managed_code_end
    STORE_CODE_ADDRESS runtime_helpers_start
    STORE_CODE_ADDRESS runtime_helpers_end
    STORE_CODE_ADDRESS RhpThrowHwEx
    ret
