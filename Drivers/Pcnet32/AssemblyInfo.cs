using NooksOS.Contracts;
using NooksOS.Drivers.Pcnet32;

[assembly: Extension(typeof(Pcnet32Driver))]
