using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using NooksOS.Image.Hosting;
using NooksOS.Isolation;
using NooksOS.Isolation.Injection;
using NooksOS.Isolation.Loading;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Diagnostics;
using NooksOS.Recovery;

namespace NooksOS.Image.Injection;

/// <summary>Puts faults into running instances and remembers them until the next instance gets some.</summary>
internal sealed class Injector(DomainHost host)
{
    // A recovery takes the second only: planning and telling take long.
    private readonly Lock _planning = new();
    private readonly Lock _sync = new();
    private readonly Dictionary<(string Image, bool WholeImage), InjectionScope> _scopes = [];
    private readonly FaultSymbolizer _symbolizer = new();
    private readonly List<InjectedFault> _faults = [];
    private Domain? _target;
    private HostedDomain? _awaited;
    private WrapperFault[] _awaitedFaults = [];

    /// <summary>The extension that got the last faults, or null.</summary>
    public string? Extension { get; private set; }

    /// <summary>Which instance of it.</summary>
    public uint Generation { get; private set; }

    /// <summary>The faults in it.</summary>
    public IReadOnlyList<InjectedFault> Faults
    {
        get
        {
            lock (_sync)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>Plans faults and puts them into the instance of a place. Null, or one line that says why it cannot.</summary>
    /// <param name="place">The place of the extension.</param>
    /// <param name="imageName">The image it runs.</param>
    /// <param name="order">Which faults.</param>
    public string? TryInject(HostedDomain place, string imageName, InjectionOrder order)
    {
        if (host.Images.Find(imageName) is not { } image || place.Instance is not { IsAlive: true } instance)
        {
            return $"{place.ExtensionName} does not run";
        }

        lock (_planning)
        {
            InjectionScope scope = ScopeOf(imageName, image, order.WholeImage);
            IReadOnlyList<TextFault> planned = FaultPlanner.Plan(image.File, image.Layout, scope, order.Types, order.Count, order.Seed);
            CodeLocation[] locations = [.. planned.Select(fault => _symbolizer.Locate(imageName, place.Id, SlotLayout.Image + fault.ImageOffset))];
            List<InjectedTextFault> injected = Inject(place, instance, planned, locations);
            foreach (InjectedTextFault fault in injected)
            {
                Log.Write($"{place.ExtensionName}: injected {InjectionText.Describe(fault)}");
            }

            if (injected.Count < planned.Count)
            {
                return $"no more than {injected.Count} faults fit into {place.ExtensionName}";
            }

            return injected.Count < order.Count ? $"{place.ExtensionName} has places for {injected.Count} of these faults only" : null;
        }
    }

    /// <summary>Plans faults at the wrappers, which the next instance of a place gets before it is entered.</summary>
    /// <param name="place">The place of the extension.</param>
    /// <param name="order">Which faults.</param>
    public void Await(HostedDomain place, InjectionOrder order)
    {
        lock (_sync)
        {
            // One that was initialised before would have made some of its calls already.
            place.IsWithoutStandby = true;
            _awaited = place;
            _awaitedFaults = WrapperFaultPlanner.Plan(order.Types, order.Count, order.Seed);
        }
    }

    /// <summary>An instance has taken its place and was not entered yet: calls of this one go wrong, or of none any more.</summary>
    public void Furnished(HostedDomain place)
    {
        lock (_sync)
        {
            if (_awaited != place)
            {
                return;
            }

            if (_awaitedFaults.Length == 0)
            {
                _awaited = null;
                WrapperFaults.Disarm();
                return;
            }

            WrapperFaults.Arm(place, _awaitedFaults);
            ArmedFaults.Clear();
            _faults.Clear();
            _faults.AddRange(_awaitedFaults.Select(fault => new InjectedWrapperFault(fault)));
            _awaitedFaults = [];
            _target = place.Instance;
            Extension = place.ExtensionName;
            Generation = place.Generation;
        }
    }

    private List<InjectedTextFault> Inject(HostedDomain place, Domain instance, IReadOnlyList<TextFault> planned, CodeLocation[] locations)
    {
        lock (_sync)
        {
            if (!ReferenceEquals(_target, instance))
            {
                ArmedFaults.Clear();
                _faults.Clear();
                _target = instance;
                Extension = place.ExtensionName;
                Generation = instance.Generation;
            }

            int first = ArmedFaults.Count;
            int done = InstanceCode.Inject(instance, planned);
            List<InjectedTextFault> injected = [];
            for (int number = 0; number < done; number++)
            {
                injected.Add(new InjectedTextFault(planned[number], first + number, locations[number]));
            }

            _faults.AddRange(injected);
            return injected;
        }
    }

    private InjectionScope ScopeOf(string imageName, PristineImage image, bool wholeImage)
    {
        if (!_scopes.TryGetValue((imageName, wholeImage), out InjectionScope? scope))
        {
            scope = InjectionScope.Collect(image.File, image.Layout, function => wholeImage || IsOwn(imageName, function));
            _scopes.Add((imageName, wholeImage), scope);
        }

        return scope;
    }

    // What the author of the extension wrote, rather than the base library and the runtime that every image carries.
    private static bool IsOwn(string imageName, CodeRange function)
    {
        if (!ImageSymbols.TryFindIn(ImageFiles.ReadSymbols(imageName), function.Start, out SymbolLocation location))
        {
            return false;
        }

        string type = Encoding.UTF8.GetString(location.TypeName);
        return type.StartsWith("NooksOS.Drivers.", System.StringComparison.Ordinal)
            || type.StartsWith("NooksOS.Extensions.", System.StringComparison.Ordinal);
    }
}
