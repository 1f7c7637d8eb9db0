using NooksOS.Contracts;
using NooksOS.Drivers.Rtl8139;

[assembly: Extension(typeof(Rtl8139Driver))]
