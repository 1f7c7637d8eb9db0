using NooksOS.Contracts;
using NooksOS.Programs.Play;

[assembly: Extension(typeof(PlayProgram))]
