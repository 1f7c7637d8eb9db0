using NooksOS.Contracts;
using NooksOS.Extensions.Vfat;

[assembly: Extension(typeof(VfatExtension))]
