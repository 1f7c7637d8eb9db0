using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;

[assembly: Extension(typeof(TcpIpExtension))]
