using System;
using System.IO;

namespace NooksOS.Tools.Symbols;

/// <summary>What the build calls after linking: writes the symbol file and seals the image that is loaded.</summary>
public static class Program
{
    /// <summary>Runs the tool. Exit 0: done. 1: a file is not what it should be. 2: wrong arguments.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments.Length is < 2 or > 3)
        {
            Console.Error.WriteLine("usage: NooksOS.Symbols LINKED.elf OUTPUT.sym [IMAGE.nx]");
            Console.Error.WriteLine("Writes the functions and lines of LINKED.elf to OUTPUT.sym; puts its checksum into IMAGE.nx.");
            return 2;
        }

        try
        {
            SymbolFile.Create(arguments[0], arguments[1]);
            if (arguments.Length == 3)
            {
                ImageSeal.Apply(arguments[2]);
            }

            return 0;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {failure.Message}");
            return 1;
        }
    }
}
