using NooksOS.Contracts;
using NooksOS.Drivers.E1000;

[assembly: Extension(typeof(E1000Driver))]
