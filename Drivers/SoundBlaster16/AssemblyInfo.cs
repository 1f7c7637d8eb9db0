using NooksOS.Contracts;
using NooksOS.Drivers.SoundBlaster16;

[assembly: Extension(typeof(SoundBlaster16Driver))]
