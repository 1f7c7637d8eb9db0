using System;
using System.Runtime.InteropServices;
using NooksOS.Contracts;
using NooksOS.Files;

namespace NooksOS.Programs.Play;

/// <summary><c>play</c>: plays a WAV file or a tone, at the rate of the mixer, until its last frame was heard.</summary>
public sealed class PlayProgram : Program
{
    private const int RoundFrames = 2048;

    /// <inheritdoc/>
    protected override int Run(ProgramContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PlayArguments arguments = PlayArguments.Parse(context.Arguments);
        IFrameSource source = ResampledSource.At(SoundFormat.Mix.FramesPerSecond, Open(context, arguments));
        ISoundServices sound = context.Services.Sound;
        if (!sound.OpenStream().TryGet(out Handle<TrackedObjects.SoundStream> stream))
        {
            throw new ProgramFailureException("there is no sound device, or it has too many streams");
        }

        Require(sound.SetVolume(stream, arguments.Volume).Status);
        short[] samples = new short[2 * RoundFrames];
        for (int frames = source.Read(samples); frames != 0; frames = source.Read(samples))
        {
            Write(sound, stream, MemoryMarshal.AsBytes(samples.AsSpan(0, 2 * frames)));
        }

        Require(sound.Drain(stream).Status);
        Require(sound.CloseStream(stream).Status);
        return 0;
    }

    private static IFrameSource Open(ProgramContext context, PlayArguments arguments)
    {
        if (arguments.File is not { } name)
        {
            uint framesPerSecond = SoundFormat.Mix.FramesPerSecond;
            return new ToneSource(arguments.Hertz, (ulong)arguments.Seconds * framesPerSecond, framesPerSecond);
        }

        IByteFile file = OpenFile(context, name);
        string? problem = WavHeader.TryRead(file, out WavFormat format);
        return problem is null ? new WavSource(file, format) : throw new ProgramFailureException($"{name}: {problem}");
    }

    // A path begins with a slash and is one of the disk; any other name is that of a file which the emulator has handed over.
    private static IByteFile OpenFile(ProgramContext context, string name)
    {
        if (!name.StartsWith('/'))
        {
            return HandedFile.TryOpen(context.Services.Process, name) ?? throw new ProgramFailureException($"there is no file {name}");
        }

        try
        {
            return new DiskFile(new FileSystem(context.Services.Files).OpenRead(name));
        }
        catch (FileFailure failure)
        {
            throw new ProgramFailureException(failure.Message);
        }
    }

    private static void Write(ISoundServices sound, Handle<TrackedObjects.SoundStream> stream, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            CallResult<uint> written = sound.Write(stream, bytes);
            Require(written.Status);
            bytes = bytes[(int)(written.Value * SoundFormat.Mix.FrameBytes)..];
        }
    }

    private static void Require(CallStatus status)
    {
        if (status != CallStatus.Ok)
        {
            throw new ProgramFailureException($"the sound device does not go on: {status}");
        }
    }
}
