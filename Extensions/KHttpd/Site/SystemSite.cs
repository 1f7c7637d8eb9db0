using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Serving;
using NooksOS.Extensions.KHttpd.Transport;
using NooksOS.Extensions.KHttpd.Uploads;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary>What this machine shows: the dashboard, the documents and actions behind it, and content to test transfers with.</summary>
internal sealed class SystemSite : ISite
{
    private readonly List<(byte[] Path, IResource Resource)> _resources = [];
    private readonly IFileSource[] _files;
    private readonly IServerClock _clock;
    private readonly EventComposer _events;

    /// <param name="files">Where files come from; the first that has one counts.</param>
    /// <param name="view">The kernel's documents.</param>
    /// <param name="control">The kernel's actions.</param>
    /// <param name="clock">The time.</param>
    /// <param name="describeServer">The server's own state as a JSON document.</param>
    public SystemSite(IFileSource[] files, ISystemView view, ISystemControl control, IServerClock clock, Func<string> describeServer)
    {
        _files = files;
        _clock = clock;
        SystemDocuments documents = new(view);
        _events = new EventComposer(documents, clock, describeServer);
        Add("/events"u8, new EventResource());
        Add("/sha256"u8, new UploadResource(() => new DigestUpload()));
        Add("/discard"u8, new UploadResource(() => new DiscardUpload(Reply.Of(StatusCode.NoContent), long.MaxValue)));
        Add("/api/domains"u8, new DocumentResource(documents, SystemDocument.Domains));
        Add("/api/faults"u8, new DocumentResource(documents, SystemDocument.Faults));
        Add("/api/memory"u8, new DocumentResource(documents, SystemDocument.Memory));
        Add("/api/network"u8, new DocumentResource(documents, SystemDocument.Network));
        Add("/api/calls"u8, new DocumentResource(documents, SystemDocument.Calls));
        Add("/api/kinds"u8, new DocumentResource(documents, SystemDocument.CrashKinds));
        Add("/api/crash"u8, new ActionResource("kind", control.Crash));
        Add("/api/isolate"u8, new ActionResource("mode", control.SetIsolation));
    }

    /// <inheritdoc/>
    public Reply Begin(RequestHead head)
    {
        if (head.IsAsterisk)
        {
            return Reply.Of(StatusCode.NoContent, RequestMethods.Read | RequestMethods.Post);
        }

        if (Find(head.Path) is not { } resource)
        {
            return Reply.Of(StatusCode.NotFound);
        }

        RequestMethods method = head.Method switch
        {
            RequestMethod.Options => RequestMethods.None,
            RequestMethod.Post => RequestMethods.Post,
            _ => RequestMethods.Read,
        };
        if (method == RequestMethods.None)
        {
            return Reply.Of(StatusCode.NoContent, resource.Methods);
        }

        return resource.Methods.HasFlag(method)
            ? resource.Answer(head)
            : Reply.Of(StatusCode.MethodNotAllowed, resource.Methods);
    }

    /// <inheritdoc/>
    public byte[] MakeEvent() => _events.Make();

    private void Add(ReadOnlySpan<byte> path, IResource resource) => _resources.Add((path.ToArray(), resource));

    private IResource? Find(ReadOnlySpan<byte> path)
    {
        foreach ((byte[] known, IResource resource) in _resources)
        {
            if (path.SequenceEqual(known))
            {
                return resource;
            }
        }

        foreach (IFileSource files in _files)
        {
            if (files.Open(path) is { } file)
            {
                return new FileResource(file, _clock);
            }
        }

        return null;
    }
}
