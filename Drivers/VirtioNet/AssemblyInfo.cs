using NooksOS.Contracts;
using NooksOS.Drivers.VirtioNet;

[assembly: Extension(typeof(VirtioNetDriver))]
