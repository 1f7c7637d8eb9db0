using System;
using System.Runtime.InteropServices;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Console;

/// <summary>
/// The text screen, on the adapter's text memory or drawn on a frame buffer. It remembers what it has painted, so that scrolling
/// never reads the adapter's slow memory. Usable before the base library is initialised and in a panic. From the start of the
/// scheduler on a thread paints: whoever writes, perhaps with interrupts off, does not wait for thousands of dots.
/// </summary>
internal static unsafe class Screen
{
    private const byte CursorMark = 0x80;
    private const byte CharacterMask = 0x7F;
    private const uint Light = 0xC0;

    // As often as an eye notices.
    private const long FrameNanoseconds = 50_000_000;

    private static TerminalGrid s_grid;
    private static FramebufferDescription s_framebuffer;
    private static byte* s_memory;
    private static byte* s_painted;
    private static uint s_lightColor;
    private static bool s_hasPainter;
    private static int s_changes;

    /// <summary>Whether there is a screen.</summary>
    public static bool IsPresent => s_memory != null;

    /// <summary>Takes the screen that the boot loader left. Without one, or without memory for it, nothing is shown.</summary>
    public static void Initialize(in BootInformation information)
    {
        if (!information.TryGetFramebuffer(out FramebufferDescription framebuffer))
        {
            return;
        }

        bool isText = framebuffer.Kind == FramebufferKind.Text;
        uint columns = isText ? framebuffer.Width : framebuffer.Width / ScreenFont.CellWidth;
        uint rows = isText ? framebuffer.Height : framebuffer.Height / ScreenFont.CellHeight;
        if (!IsUsable(in framebuffer) || columns == 0 || rows == 0)
        {
            return;
        }

        nuint cellCount = columns * rows;
        byte* cells = (byte*)FrameAllocator.AllocateZeroedPages(AddressLayout.PagesFor(2 * cellCount));
        PageFlags flags = PageFlags.Writable | (isText ? PageFlags.Uncached : PageFlags.WriteCombining);
        void* memory = cells == null ? null : KernelMappings.MapDevice(framebuffer.PhysicalAddress, framebuffer.LengthBytes, flags);
        if (memory == null)
        {
            return;
        }

        if (isText)
        {
            HideHardwareCursor();
        }

        s_framebuffer = framebuffer;
        s_lightColor = framebuffer.BitsPerPixel / 8 == 2
            ? ushort.MaxValue
            : (Light << framebuffer.RedShift) | (Light << framebuffer.GreenShift) | (Light << framebuffer.BlueShift);
        s_painted = cells + cellCount;
        s_grid.Initialize(cells, (int)columns, (int)rows);
        s_memory = (byte*)memory;
        Paint();
    }

    /// <summary>Shows text.</summary>
    public static void Write(ReadOnlySpan<byte> text)
    {
        if (s_memory == null)
        {
            return;
        }

        ulong flags = Processor.DisableInterrupts();
        s_grid.Write(text);
        if (s_hasPainter)
        {
            s_changes++;
            fixed (int* changes = &s_changes)
            {
                WaitTable.Wake((ulong)changes, 1);
            }
        }
        else
        {
            Paint();
        }

        Processor.RestoreInterrupts(flags);
    }

    /// <summary>Leaves painting to a thread from now on.</summary>
    public static void StartPainter()
        => s_hasPainter = s_memory != null && KernelThread.Create("screen"u8, ThreadPriority.Normal, &PaintForEver, 0) != null;

    /// <summary>Paints whatever is written before the call returns, because no thread will run again.</summary>
    public static void StopPainter()
    {
        s_hasPainter = false;
        s_grid.TouchAll();
    }

    [UnmanagedCallersOnly]
    private static nuint PaintForEver(nuint argument)
    {
        while (true)
        {
            int seen = s_changes;
            Paint();
            WaitTable.Wait((ulong)Scheduler.Current, FrameNanoseconds);
            fixed (int* changes = &s_changes)
            {
                WaitTable.WaitWhile(changes, seen, -1);
            }
        }
    }

    // The screen paints a cursor of its own.
    private static void HideHardwareCursor()
    {
        const ushort ControllerIndexPort = 0x3D4;
        const ushort ControllerDataPort = 0x3D5;
        const byte CursorStartRegister = 0x0A;
        const byte CursorDisable = 0x20;
        PortIo.Write8(ControllerIndexPort, CursorStartRegister);
        PortIo.Write8(ControllerDataPort, CursorDisable);
    }

    private static bool IsUsable(in FramebufferDescription framebuffer)
    {
        const uint Largest = 8192;
        int bytesPerCell = framebuffer.Kind == FramebufferKind.Text ? 2 : framebuffer.BitsPerPixel / 8;
        return framebuffer.Width <= Largest
            && framebuffer.Height <= Largest
            && bytesPerCell is >= 2 and <= 4
            && framebuffer.PitchBytes >= framebuffer.Width * bytesPerCell
            && framebuffer.PitchBytes <= Largest * 8;
    }

    private static void Paint()
    {
        ulong flags = Processor.DisableInterrupts();
        int cursor = (s_grid.CursorRow * s_grid.Columns) + Math.Min(s_grid.CursorColumn, s_grid.Columns - 1);
        int firstRow = s_grid.FirstChangedRow;
        int rowLimit = s_grid.ChangedRowLimit;
        s_grid.TakeChanges();
        Processor.RestoreInterrupts(flags);

        // Whoever writes meanwhile marks the row as changed again.
        for (int row = firstRow; row < rowLimit; row++)
        {
            for (int column = 0; column < s_grid.Columns; column++)
            {
                int position = (row * s_grid.Columns) + column;
                byte wanted = (byte)(s_grid.Get(column, row) | (position == cursor ? CursorMark : 0));
                if (s_painted[position] != wanted)
                {
                    PaintCell(column, row, wanted);

                    // After it: a panic that interrupts the painter paints the half cell again.
                    s_painted[position] = wanted;
                }
            }
        }
    }

    private static void PaintCell(int column, int row, byte cell)
    {
        const ushort LightOnBlack = 0x0700;
        const ushort BlackOnLight = 0x7000;
        if (s_framebuffer.Kind == FramebufferKind.Text)
        {
            // SAFETY: columns and rows are those of the mapped text memory.
            ushort* target = (ushort*)(s_memory + (row * s_framebuffer.PitchBytes)) + column;
            *target = (ushort)((cell & CharacterMask) | ((cell & CursorMark) != 0 ? BlackOnLight : LightOnBlack));
            return;
        }

        byte inverted = (cell & CursorMark) != 0 ? byte.MaxValue : (byte)0;
        for (int line = 0; line < ScreenFont.CellHeight; line++)
        {
            PaintDots(column * ScreenFont.CellWidth, (row * ScreenFont.CellHeight) + line, (byte)(ScreenFont.GetRow((byte)(cell & CharacterMask), line) ^ inverted));
        }
    }

    private static void PaintDots(int x, int y, byte dots)
    {
        int bytesPerPixel = s_framebuffer.BitsPerPixel / 8;

        // SAFETY: the cell lies inside width and height, and the mapping covers every line.
        byte* target = s_memory + ((ulong)y * s_framebuffer.PitchBytes) + (x * bytesPerPixel);
        uint light = s_lightColor;
        switch (bytesPerPixel)
        {
            case 4:
                for (int dot = 0; dot < ScreenFont.CellWidth; dot++)
                {
                    ((uint*)target)[dot] = (dots << dot & 0x80) != 0 ? light : 0;
                }

                break;
            case 3:
                for (int dot = 0; dot < ScreenFont.CellWidth; dot++, target += 3)
                {
                    uint color = (dots << dot & 0x80) != 0 ? light : 0;
                    *(ushort*)target = (ushort)color;
                    target[2] = (byte)(color >> 16);
                }

                break;
            default:
                for (int dot = 0; dot < ScreenFont.CellWidth; dot++)
                {
                    ((ushort*)target)[dot] = (ushort)((dots << dot & 0x80) != 0 ? light : 0);
                }

                break;
        }
    }
}
