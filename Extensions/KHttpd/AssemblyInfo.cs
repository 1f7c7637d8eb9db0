using NooksOS.Contracts;
using NooksOS.Extensions.KHttpd;

[assembly: Extension(typeof(KHttpdExtension))]
