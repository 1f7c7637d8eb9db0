using NooksOS.Contracts;
using NooksOS.Drivers.VirtioBlk;

[assembly: Extension(typeof(VirtioBlkDriver))]
