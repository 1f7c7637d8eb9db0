; Instructions that C# cannot say, one function each.

bits 64
default rel

global cpu_disable_interrupts, cpu_restore_interrupts, cpu_enable_interrupts, cpu_halt_until_interrupt, cpu_halt_forever
global cpu_read_msr, cpu_write_msr, cpu_read_cr0, cpu_write_cr0, cpu_read_cr2, cpu_read_cr3, cpu_write_cr3, cpu_read_cr4, cpu_write_cr4
global cpu_flush_cache_line, cpu_invalidate_page, cpu_read_time_stamp, cpu_identify, cpu_count_down, cpu_pause, cpu_read_random, cpu_read_seed

section .text
; ulong cpu_disable_interrupts(): returns RFLAGS as it was
cpu_disable_interrupts:
    pushfq
    pop rax
    cli
    ret

; void cpu_restore_interrupts(ulong flags)
cpu_restore_interrupts:
    test edi, 0x200
    jz .off
    sti
.off:
    ret

cpu_enable_interrupts:
    sti
    ret

; The interrupt window of STI opens only after HLT has begun, so a wake-up between the two is not lost.
cpu_halt_until_interrupt:
    sti
    hlt
    ret

cpu_halt_forever:
    cli
    hlt
    jmp cpu_halt_forever

cpu_pause:
    pause
    ret

; ulong cpu_read_msr(uint register)
cpu_read_msr:
    mov ecx, edi
    rdmsr
    shl rdx, 32
    or rax, rdx
    ret

; void cpu_write_msr(uint register, ulong value)
cpu_write_msr:
    mov ecx, edi
    mov eax, esi
    mov rdx, rsi
    shr rdx, 32
    wrmsr
    ret

cpu_read_cr0:
    mov rax, cr0
    ret
cpu_write_cr0:
    mov cr0, rdi
    ret
cpu_read_cr2:
    mov rax, cr2
    ret
cpu_read_cr3:
    mov rax, cr3
    ret
cpu_write_cr3:
    mov cr3, rdi
    ret
cpu_read_cr4:
    mov rax, cr4
    ret
cpu_write_cr4:
    mov cr4, rdi
    ret

; void cpu_flush_cache_line(void* address): writes the line to memory, where devices see it that do not look into caches
cpu_flush_cache_line:
    clflush [rdi]
    ret

; void cpu_invalidate_page(void* address)
cpu_invalidate_page:
    invlpg [rdi]
    ret

; ulong cpu_read_time_stamp()
cpu_read_time_stamp:
    rdtsc
    shl rdx, 32
    or rax, rdx
    ret

; ulong cpu_read_random(): zero if there was nothing; ten attempts, as the manual has it (Intel SDM volume 1, 7.3.17.1)
cpu_read_random:
    mov ecx, 10
.again:
    rdrand rax
    jc .done
    pause
    dec ecx
    jnz .again
    xor eax, eax
.done:
    ret

; ulong cpu_read_seed(): the same of the source behind it
cpu_read_seed:
    mov ecx, 10
.again:
    rdseed rax
    jc .done
    pause
    dec ecx
    jnz .again
    xor eax, eax
.done:
    ret

; void cpu_count_down(ulong count): two instructions for each count
align 16
cpu_count_down:
    dec rdi
    jnz cpu_count_down
    ret

; void cpu_identify(uint leaf, uint subleaf, uint* registers): EAX, EBX, ECX, EDX
cpu_identify:
    push rbx
    mov r8, rdx
    mov eax, edi
    mov ecx, esi
    cpuid
    mov [r8], eax
    mov [r8 + 4], ebx
    mov [r8 + 8], ecx
    mov [r8 + 12], edx
    pop rbx
    ret
