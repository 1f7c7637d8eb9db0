; What CoreLib refers to and an image does not have: files, libraries, run-time generated code. A file operation fails,
; a question is answered with nothing.

bits 64
default rel

section .text
global SystemNative_Close
global SystemNative_CloseDir
global SystemNative_FAllocate
global SystemNative_FLock
global SystemNative_FStat
global SystemNative_FTruncate
global SystemNative_FSync
global SystemNative_GetFileSystemType
global SystemNative_LSeek
global SystemNative_LStat
global SystemNative_Open
global SystemNative_OpenDir
global SystemNative_PRead
global SystemNative_PWrite
global SystemNative_PosixFAdvise
global SystemNative_Read
global SystemNative_ReadDirR
global SystemNative_ReadLink
global SystemNative_Stat
global SystemNative_Unlink
global SystemNative_Write
global SystemNative_GetCwd
global SystemNative_GetReadDirRBufferSize
global SystemNative_StrErrorR
global SystemNative_GetPid
global SystemNative_GetProcessPath
global SystemNative_LoadLibrary
global SystemNative_FreeLibrary
global SystemNative_GetProcAddress
global SystemNative_GetLoadLibraryError
global SystemNative_ConvertErrorPalToPlatform
global SystemNative_ConvertErrorPlatformToPal
global RhAllocateThunksMapping
global RhGetCommonStubAddress
global RhpGetNumThunkBlocksPerMapping
global RhpGetNumThunksPerBlock
global RhpGetThunkBlockSize
global RhpGetThunkDataBlockAddress
global RhpGetThunkSize
global RhpGetThunkStubsBlockAddress
global RhGetCodeTarget
global RhGetTargetOfUnboxingAndInstantiatingStub

align 16
SystemNative_Close:
SystemNative_CloseDir:
SystemNative_FAllocate:
SystemNative_FLock:
SystemNative_FStat:
SystemNative_FTruncate:
SystemNative_FSync:
SystemNative_GetFileSystemType:
SystemNative_LSeek:
SystemNative_LStat:
SystemNative_Open:
SystemNative_OpenDir:
SystemNative_PRead:
SystemNative_PWrite:
SystemNative_PosixFAdvise:
SystemNative_Read:
SystemNative_ReadDirR:
SystemNative_ReadLink:
SystemNative_Stat:
SystemNative_Unlink:
SystemNative_Write:
    mov rax, -1
    ret

align 16
SystemNative_GetCwd:
SystemNative_GetReadDirRBufferSize:
SystemNative_StrErrorR:
SystemNative_GetPid:
SystemNative_GetProcessPath:
SystemNative_LoadLibrary:
SystemNative_FreeLibrary:
SystemNative_GetProcAddress:
SystemNative_GetLoadLibraryError:
SystemNative_ConvertErrorPalToPlatform:
SystemNative_ConvertErrorPlatformToPal:
RhAllocateThunksMapping:
RhGetCommonStubAddress:
RhpGetNumThunkBlocksPerMapping:
RhpGetNumThunksPerBlock:
RhpGetThunkBlockSize:
RhpGetThunkDataBlockAddress:
RhpGetThunkSize:
RhpGetThunkStubsBlockAddress:
    xor eax, eax
    ret

; Code is never reached through stubs that would have to be looked through.
align 16
RhGetCodeTarget:
RhGetTargetOfUnboxingAndInstantiatingStub:
    mov rax, rdi
    ret
