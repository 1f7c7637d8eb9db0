using NooksOS.Contracts;

[assembly: GenerateWrappers(WrapperSide.Kernel)]
