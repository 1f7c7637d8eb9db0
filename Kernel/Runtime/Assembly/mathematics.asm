; The x87 instructions for elementary functions. Arguments and results are in XMM registers, as everywhere; the 64-bit
; mantissa of the x87 makes up for the roundings in between. Special cases and whatever follows from these: Mathematics.cs.
; Each begins with FNINIT: the gates leave the x87 to whoever had it last, with its precision, its roundings, what it has not
; taken from the stack and the exceptions that it has still to tell of.

bits 64
default rel

global rt_sine, rt_cosine, rt_tangent, rt_arc_tangent, rt_remainder
global rt_natural_logarithm, rt_binary_logarithm, rt_decimal_logarithm, rt_logarithm_of_one_plus
global rt_power, rt_exponential, rt_exponential_minus_one

REDUCTION_INCOMPLETE equ 4      ; C2 of the status word, in AH

section .text

%macro LOAD_ARGUMENT 0
    fninit
    sub rsp, 8
    movsd [rsp], xmm0
    fld qword [rsp]
%endmacro

%macro LOAD_BOTH_ARGUMENTS 0    ; ST1 = first, ST0 = second
    LOAD_ARGUMENT
    movsd [rsp], xmm1
    fld qword [rsp]
%endmacro

%macro RETURN_RESULT 0
    fstp qword [rsp]
    movsd xmm0, [rsp]
    add rsp, 8
    ret
%endmacro

; ST0 modulo 2 pi; the trigonometric instructions leave what is beyond 2^63 as it is.
%macro REDUCE_ANGLE 0
    fldpi
    fadd st0, st0
    fxch
%%again:
    fprem1
    fnstsw ax
    test ah, REDUCTION_INCOMPLETE
    jnz %%again
    fstp st1
%endmacro

align 16
rt_sine:
    LOAD_ARGUMENT
    REDUCE_ANGLE
    fsin
    RETURN_RESULT

align 16
rt_cosine:
    LOAD_ARGUMENT
    REDUCE_ANGLE
    fcos
    RETURN_RESULT

align 16
rt_tangent:
    LOAD_ARGUMENT
    REDUCE_ANGLE
    fptan
    fstp st0
    RETURN_RESULT

; double rt_arc_tangent(double y, double x): of y / x, in the right quadrant
align 16
rt_arc_tangent:
    LOAD_BOTH_ARGUMENTS
    fpatan
    RETURN_RESULT

; double rt_x_logarithm(double x)
%macro LOGARITHM 2
align 16
%1:
    fninit
    sub rsp, 8
    %2
    movsd [rsp], xmm0
    fld qword [rsp]
    fyl2x
    RETURN_RESULT
%endmacro

LOGARITHM rt_natural_logarithm, fldln2
LOGARITHM rt_binary_logarithm, fld1
LOGARITHM rt_decimal_logarithm, fldlg2

; double rt_logarithm_of_one_plus(double x): ln(1 + x), for |x| < 0.29
align 16
rt_logarithm_of_one_plus:
    fninit
    sub rsp, 8
    fldln2
    movsd [rsp], xmm0
    fld qword [rsp]
    fyl2xp1
    RETURN_RESULT

; ST0 = exponent of two: leaves 2^fraction - 1 in ST0 and the whole part in ST1.
%macro RAISE_TWO 0
    fld st0
    frndint
    fsub st1, st0
    fxch
    f2xm1
%endmacro

; double rt_power(double x, double y): x^y for finite y and finite x > 0
align 16
rt_power:
    LOAD_BOTH_ARGUMENTS
    fxch
    fyl2x
    RAISE_TWO
    fld1
    faddp
    fscale
    fstp st1
    RETURN_RESULT

; double rt_exponential(double x): e^x for finite x
align 16
rt_exponential:
    LOAD_ARGUMENT
    fldl2e
    fmulp
    RAISE_TWO
    fld1
    faddp
    fscale
    fstp st1
    RETURN_RESULT

; double rt_exponential_minus_one(double x): e^x - 1, without losing what is small
align 16
rt_exponential_minus_one:
    LOAD_ARGUMENT
    fldl2e
    fmulp
    RAISE_TWO
    ; (2^f - 1) * 2^n + (2^n - 1)
    fscale
    fxch
    fld1
    fscale
    fld1
    fsubp
    fxch
    fstp st0
    faddp
    RETURN_RESULT

; double rt_remainder(double x, double y): of the division, with the sign of x
align 16
rt_remainder:
    LOAD_BOTH_ARGUMENTS
    fxch
.again:
    fprem
    fnstsw ax
    test ah, REDUCTION_INCOMPLETE
    jnz .again
    fstp st1
    RETURN_RESULT
