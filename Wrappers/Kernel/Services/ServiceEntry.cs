using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NooksOS.Wrappers;

/// <summary>Where every call from a domain to the kernel arrives, from the gates.</summary>
public static unsafe class ServiceEntry
{
    /// <summary>A service number is a contract's number times this, plus a method's number.</summary>
    internal const int MethodsPerContract = 256;

    // Null and zero until initialised: static constructors would be checked for on every call.
    private static delegate*<nint, ulong, ulong>* s_table;
    private static uint s_serviceLimit;

    // Where the quick way ends: the limit, or zero while every call goes the long way.
    private static uint s_quickLimit;

    private static bool s_isMeasured;
    private static delegate*<nint, uint, ulong, ulong> s_interceptor;

    /// <summary>Makes the table of services. Call once, before the first domain is entered.</summary>
    public static void Initialize()
    {
        if (ContractCatalog.ServiceContractLimit > GateBinding.ServiceTableLength)
        {
            throw new InvalidOperationException("A contract has a number for which the services of a domain have no place.");
        }

        uint limit = ContractCatalog.ServiceContractLimit * MethodsPerContract;

        // SAFETY:
        // 1. The table has room for every method of every contract, and lives as long as the kernel.
        // 2. The limit is set last, so no call sees a table that is not full.
        delegate*<nint, ulong, ulong>* table = (delegate*<nint, ulong, ulong>*)NativeMemory.Alloc(limit, (nuint)sizeof(nint));
        for (uint service = 0; service < limit; service++)
        {
            table[service] = &RefuseService;
        }

        ContractCatalog.AddServicesTo(table);
        s_table = table;
        s_serviceLimit = limit;
        s_quickLimit = limit;
    }

    /// <summary>Carries out a call of a domain.</summary>
    /// <param name="control">Stands for the domain.</param>
    /// <param name="service">The service number, as the domain gave it.</param>
    /// <param name="argumentsAddress">Where the arguments are, as the domain gave it.</param>
    /// <returns>The status.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Serve(nint control, uint service, ulong argumentsAddress)
    {
        // SAFETY: the number is within the table, which is full.
        return service < s_quickLimit ? s_table[service](control, argumentsAddress) : ServeTheLongWay(control, service, argumentsAddress);
    }

    /// <summary>
    /// Has a function (control, service number, address of the arguments) take the calls that exist, in place of the services; null for
    /// nobody. It may have them carried out by <see cref="Carry"/>.
    /// </summary>
    public static void Intercept(delegate*<nint, uint, ulong, ulong> interceptor)
    {
        s_interceptor = interceptor;
        ChooseWay();
    }

    /// <summary>Has a service carry out a call that was intercepted.</summary>
    public static ulong Carry(nint control, uint service, ulong argumentsAddress) => s_table[service](control, argumentsAddress);

    /// <summary>Has calls measured, or no longer.</summary>
    internal static void Divert(bool isDiverted)
    {
        s_isMeasured = isDiverted;
        ChooseWay();
    }

    private static void ChooseWay() => s_quickLimit = s_isMeasured || s_interceptor != null ? 0 : s_serviceLimit;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ServeTheLongWay(nint control, uint service, ulong argumentsAddress)
    {
        if (service >= s_serviceLimit)
        {
            return RefuseService(control, argumentsAddress);
        }

        ulong startNanoseconds = CallProfile.ReadNanoseconds();
        delegate*<nint, uint, ulong, ulong> interceptor = s_interceptor;

        // SAFETY: the number is within the table, which is full.
        ulong status = interceptor != null ? interceptor(control, service, argumentsAddress) : Carry(control, service, argumentsAddress);
        CallProfile.Add((int)(service / MethodsPerContract), (int)(service % MethodsPerContract), startNanoseconds);
        return status;
    }

    private static ulong RefuseService(nint control, ulong argumentsAddress)
        => CallerFaults.RefuseParameter(control, "a service that does not exist");
}
