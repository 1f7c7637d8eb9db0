namespace NooksOS.Kernel.Bus;

/// <summary>The places that an extension may take in the system, as projects name them.</summary>
public static class ImagePlaces
{
    /// <summary>By which somebody looks at the system and acts on it.</summary>
    public const string Console = "console";

    /// <summary>The driver of the network card.</summary>
    public const string NetworkDevice = "network-device";

    /// <summary>The network stack, which carries connections as well.</summary>
    public const string NetworkStack = "network-stack";

    /// <summary>A driver of disks.</summary>
    public const string BlockDevice = "block-device";

    /// <summary>Opens volumes and holds files on one.</summary>
    public const string FileSystem = "file-system";

    /// <summary>The driver of the sound card.</summary>
    public const string SoundDevice = "sound-device";
}
