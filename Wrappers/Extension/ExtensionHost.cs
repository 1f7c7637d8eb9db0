using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>Brings the extension of an image up to the point at which the kernel can call it.</summary>
public static class ExtensionHost
{
    /// <summary>
    /// Makes the extension and offers the kernel its contracts. Called by the generated entry point of the image, once.
    /// </summary>
    /// <returns>A <see cref="CallStatus"/>.</returns>
    public static ulong Run(Func<IExtension> create)
    {
        try
        {
            IExtension extension = create();
            CallStatus status = ExtensionControlStubs.Publish(new ExtensionControl(extension));
            if (status == CallStatus.Ok)
            {
                status = ExtensionContracts.Publish(extension);
            }

            return (ulong)status;
        }
        catch (Exception exception)
        {
            return ExceptionReport.Send(exception);
        }
    }
}
