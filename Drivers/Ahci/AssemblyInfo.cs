using NooksOS.Contracts;
using NooksOS.Drivers.Ahci;

[assembly: Extension(typeof(AhciDriver))]
