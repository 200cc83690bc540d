#pragma once

// What the compiler may assume of the processor's vector unit. Swift has no condition for it, but reads these through
// the same -march that it generates code for (`-Xcc -march=native`).

// Multiply and add in one instruction. Where it is missing, a fused product is a call into libm per lane.
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
enum { vector_unit_fuses = 1 };
#else
enum { vector_unit_fuses = 0 };
#endif

// Thirty-two registers of sixteen floats: what the dense kernel's tiles are cut for.
#if defined(__AVX512F__)
enum { vector_unit_is_wide = 1 };
#else
enum { vector_unit_is_wide = 0 };
#endif
