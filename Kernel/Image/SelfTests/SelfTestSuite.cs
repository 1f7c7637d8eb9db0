using System;
using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Image.SelfTests;

/// <summary>All tests of the runtime that need the real machine, for the shell command and for the boot test.</summary>
public static class SelfTestSuite
{
    /// <summary>Every test, in the order in which they build on each other.</summary>
    public static IReadOnlyList<SelfTest> All { get; } =
    [
        .. LanguageTests.All,
        .. CollectionTests.All,
        .. NumberTests.All,
        .. ExceptionTests.All,
        .. HardwareExceptionTests.All,
        .. MemoryTests.All,
        .. AddressSpaceTests.All,
        .. DomainTests.All,
        .. X87Tests.All,
        .. FinalizationTests.All,
        .. ThreadTests.All,
    ];

    /// <summary>Runs the tests whose name contains the filter and reports each as it ends. Returns how many failed.</summary>
    public static int Run(string filter, Action<SelfTestResult> report)
    {
        int failures = 0;
        foreach (SelfTest test in All.Where(test => test.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            SelfTestResult result = Run(test);
            failures += result.Passed ? 0 : 1;
            report(result);
        }

        return failures;
    }

    /// <summary>Runs one test.</summary>
    public static SelfTestResult Run(SelfTest test)
    {
        try
        {
            return test.Check()
                ? new SelfTestResult(test.Name, true, string.Empty)
                : new SelfTestResult(test.Name, false, "the check does not hold");
        }
        catch (Exception exception)
        {
            return new SelfTestResult(test.Name, false, $"{exception.GetType().Name}: {exception.Message}");
        }
    }
}
