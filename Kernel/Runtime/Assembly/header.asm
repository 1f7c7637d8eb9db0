; The image's header, which the loader reads, and the block that kernel and runtime share.
; References are relative to the place where they stand, so the header needs no relocation.

bits 64

%ifndef IMAGE_KIND
%define IMAGE_KIND 1
%endif
%ifndef IMAGE_NAME
%define IMAGE_NAME 'unnamed'
%endif

IMAGE_MAGIC         equ 0x4B4F4F4E      ; "NOOK"
IMAGE_ABI_VERSION   equ 1

extern RhpThrowHwEx, managed_code_start, managed_code_end, runtime_helpers_start, runtime_helpers_end
extern text_start, text_end
global rt_image_block, rt_current_thread, rt_thread_list, rt_gate_call, rt_heap_quota, image_header

%if IMAGE_KIND == 0
extern runtime_start
%define IMAGE_ENTRY runtime_start
%else
extern image_start, xpc_return, xpc_system_call
%define IMAGE_ENTRY image_start
%endif

section .nooks progbits alloc noexec nowrite align=16
image_header:
    dd IMAGE_MAGIC
    dw IMAGE_ABI_VERSION
    dw IMAGE_KIND
    dd image_header_end - image_header
    dd 0
    dd IMAGE_ENTRY - $
    dd RhpThrowHwEx - $
    dd managed_code_start - $
    dd managed_code_end - $
    dd runtime_helpers_start - $
    dd runtime_helpers_end - $
%if IMAGE_KIND == 0
    dd 0
    dd 0
%else
    dd xpc_return - $
    dd xpc_system_call - $
%endif
    dd rt_image_block - $
    dd text_start - $
    dd text_end - $
    dd 0
image_name:
    db IMAGE_NAME
    times 32 - ($ - image_name) db 0
image_header_end:

section .data align=16
rt_image_block:
rt_current_thread:  dq 0
rt_thread_list:     dq 0
rt_gate_call:       dq 0
rt_heap_quota:      dq 0
    times 4 dq 0
