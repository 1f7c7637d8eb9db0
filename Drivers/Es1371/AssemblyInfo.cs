using NooksOS.Contracts;
using NooksOS.Drivers.Es1371;

[assembly: Extension(typeof(Es1371Driver))]
