using NooksOS.Contracts;

[assembly: GenerateWrappers(WrapperSide.Extension)]
