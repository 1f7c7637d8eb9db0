using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>Sets of methods.</summary>
[Flags]
internal enum RequestMethods : byte
{
    /// <summary>No method: there is no such target.</summary>
    None = 0,

    /// <summary>What can be read.</summary>
    Read = 1,

    /// <summary>What a body can be handed to.</summary>
    Post = 2,
}
