using NooksOS.Contracts;
using NooksOS.Drivers.E1000E;

[assembly: Extension(typeof(E1000EDriver))]
