using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace NooksOS.Image.SelfTests;

/// <summary>Finalizers: run once, on their own thread, unless suppressed; what they resurrect lives on.</summary>
internal static class FinalizationTests
{
    private static int s_finalized;
    private static int s_wronglyFinalized;
    private static int s_finalizedOnce;
    private static Phoenix? s_resurrected;

    public static IEnumerable<SelfTest> All { get; } =
    [
        new("finalizers run", FinalizersRun),
        new("suppressed finalizers do not run", SuppressedFinalizersDoNotRun),
        new("resurrected objects live on", ResurrectedObjectsLive),
        new("long weak references outlive the finalizer", LongWeakReferencesSeeResurrection),
        new("disposed objects are not finalized", DisposedObjectsAreNotFinalized),
    ];

    private static bool FinalizersRun()
    {
        s_finalized = 0;
        MakeFinalizable(200);
        CollectAndWait();

        // The stack is scanned conservatively: a stale word may keep one or another.
        return s_finalized >= 190;
    }

    private static bool SuppressedFinalizersDoNotRun()
    {
        MakeSuppressed(100);
        CollectAndWait();
        return s_wronglyFinalized == 0;
    }

    private static bool ResurrectedObjectsLive()
    {
        s_resurrected = null;
        s_finalizedOnce = 0;
        MakePhoenixes(20);
        CollectAndWait();
        CollectAndWait();
        Phoenix? phoenix = s_resurrected;
        return phoenix is { Payload: [1, 2, 3] } && s_finalizedOnce is >= 15 and <= 20;
    }

    private static bool LongWeakReferencesSeeResurrection()
    {
        s_resurrected = null;
        WeakReference reference = MakeTracked();
        CollectAndWait();
        bool seen = s_resurrected == null || ReferenceEquals(reference.Target, s_resurrected);
        s_resurrected = null;
        return seen;
    }

    private static bool DisposedObjectsAreNotFinalized()
    {
        using (Disposable disposable = new())
        {
            GC.Collect();
        }

        CollectAndWait();
        return s_wronglyFinalized == 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeFinalizable(int count)
    {
        for (int index = 0; index < count; index++)
        {
            _ = new Finalizable();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeSuppressed(int count)
    {
        for (int index = 0; index < count; index++)
        {
            new Disposable().Dispose();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakePhoenixes(int count)
    {
        for (int index = 0; index < count; index++)
        {
            _ = new Phoenix();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeTracked() => new(new Phoenix(), trackResurrection: true);

    private static void CollectAndWait()
    {
        for (int index = 0; index < 1000; index++)
        {
            _ = new byte[64];
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private sealed class Finalizable
    {
        ~Finalizable() => Interlocked.Increment(ref s_finalized);
    }

    private sealed class Disposable : IDisposable
    {
        ~Disposable() => Interlocked.Increment(ref s_wronglyFinalized);

        public void Dispose() => GC.SuppressFinalize(this);
    }

    private sealed class Phoenix
    {
        public byte[] Payload { get; } = [1, 2, 3];

        ~Phoenix()
        {
            s_finalizedOnce++;
            s_resurrected = this;
        }
    }
}
