using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace NooksOS.Tools.Symbols;

/// <summary>
/// A readable name for a symbol of the compiler. The compiler writes an underscore for whatever a linker might not like, so this
/// is a best guess, which is right for names that follow the usual C# conventions.
/// </summary>
/// <param name="Type">Namespace and type, or empty for what is not managed.</param>
/// <param name="Method">The method, or the whole symbol for what is not managed.</param>
internal sealed partial record ManagedName(string Type, string Method)
{
    private const string Canon = "System___Canon";

    // Stands for the shared-generics type, whose own underscores look like a separator.
    private const string CanonMark = "\u0001";

    private static readonly string[] s_shortenedAssemblies =
        ["S_P_CoreLib_", "S_P_TypeLoader_", "S_P_Reflection_Execution_", "S_P_StackTraceMetadata_", "S_P_DisabledReflection_"];

    /// <summary>Makes a name readable.</summary>
    public static ManagedName Parse(string symbol)
    {
        const string Unboxing = "<unbox>";
        const string UnboxingStub = "unbox_";
        int unboxing = symbol.LastIndexOf(Unboxing, StringComparison.Ordinal);
        string name = unboxing >= 0 ? symbol[(unboxing + Unboxing.Length)..] : symbol;
        name = name.StartsWith(UnboxingStub, StringComparison.Ordinal) ? name[UnboxingStub.Length..] : name;
        name = name.Replace(Canon, CanonMark, StringComparison.Ordinal);
        int separator = TopLevelSeparator(name, 0);
        if (separator <= 0)
        {
            return new ManagedName(string.Empty, symbol);
        }

        return new ManagedName(ReadableType(name[..separator]), ReadableMethod(name[(separator + 2)..]));
    }

    /// <inheritdoc/>
    public override string ToString() => Type.Length == 0 ? Method : Type + "." + Method;

    private static int TopLevelSeparator(string name, int start)
    {
        int depth = 0;
        for (int index = start; index < name.Length - 1; index++)
        {
            depth += name[index] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0 && name[index] == '_' && name[index + 1] == '_')
            {
                return index;
            }
        }

        return -1;
    }

    private static string ReadableType(string mangled)
    {
        int generic = mangled.IndexOf('<', StringComparison.Ordinal);
        string name = WithoutAssembly(generic < 0 ? mangled : mangled[..generic]);
        name = Arity().Replace(name, string.Empty).Replace('_', '.');
        return generic < 0 ? name : name + ReadableArguments(mangled[generic..]);
    }

    private static string WithoutAssembly(string name)
    {
        foreach (string assembly in s_shortenedAssemblies)
        {
            if (name.StartsWith(assembly, StringComparison.Ordinal))
            {
                return name[assembly.Length..];
            }
        }

        // Elsewhere assembly and namespace begin with the same word: NooksOS_Kernel_NooksOS_Kernel_Memory_FrameAllocator.
        int firstWord = name.IndexOf('_', StringComparison.Ordinal);
        int again = firstWord < 0 ? -1 : name.IndexOf("_" + name[..(firstWord + 1)], firstWord, StringComparison.Ordinal);
        return again < 0 ? name : name[(again + 1)..];
    }

    private static string ReadableMethod(string mangled)
    {
        string name = mangled;
        Match match;
        if ((match = Lambda().Match(name)).Success)
        {
            return match.Groups["method"].Value + ".lambda";
        }

        if ((match = LocalFunction().Match(name)).Success)
        {
            return match.Groups["method"].Value + "." + match.Groups["function"].Value;
        }

        if ((match = StateMachine().Match(name)).Success)
        {
            string step = match.Groups["step"].Value;
            return step == "MoveNext" ? match.Groups["method"].Value : match.Groups["method"].Value + "." + ReadableName(step);
        }

        int generic = name.IndexOf('<', StringComparison.Ordinal);
        string arguments = generic < 0 ? string.Empty : ReadableArguments(name[generic..]);
        return ReadableName(generic < 0 ? name : name[..generic]) + arguments;
    }

    private static string ReadableName(string mangled)
    {
        string name = Overload().Replace(mangled, string.Empty);
        if (InterfaceMethod().IsMatch(name))
        {
            return name.Replace("__", ".", StringComparison.Ordinal).Replace('_', '.');
        }

        return name switch { "_ctor" => ".ctor", "_cctor" => ".cctor", _ => name };
    }

    /// <summary>Makes "&lt;A__B&gt;" into "&lt;A,B&gt;", each without its namespace. What follows the bracket is dropped.</summary>
    private static string ReadableArguments(string mangled)
    {
        int depth = 0;
        int end = 0;
        for (; end < mangled.Length; end++)
        {
            depth += mangled[end] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0)
            {
                break;
            }
        }

        string inside = mangled[1..Math.Max(1, Math.Min(end, mangled.Length))];
        List<string> arguments = [];
        int start = 0;
        while (start <= inside.Length)
        {
            int separator = TopLevelSeparator(inside, start);
            int argumentEnd = separator < 0 ? inside.Length : separator;
            arguments.Add(ShortType(inside[start..argumentEnd]));
            start = separator < 0 ? inside.Length + 1 : separator + 2;
        }

        return new StringBuilder().Append('<').AppendJoin(',', arguments).Append('>').ToString();
    }

    private static string ShortType(string mangled)
    {
        if (mangled == CanonMark)
        {
            return "__Canon";
        }

        string readable = ReadableType(mangled);
        int generic = readable.IndexOf('<', StringComparison.Ordinal);
        int nameEnd = generic < 0 ? readable.Length : generic;
        return readable[(readable.LastIndexOf('.', nameEnd - 1 < 0 ? 0 : nameEnd - 1) + 1)..];
    }

    // <>c__DisplayClass1_0.<Method>b__0 and <>c.<Method>b__1_0, both possibly generic.
    [GeneratedRegex(@"^_c(?:__DisplayClass\d+_\d+)?(?:_\d+)?(?:<.*>)?___(?<method>.+?)_b__\d+(?:_\d+)?(?:<.*>)?$")]
    private static partial Regex Lambda();

    // <Method>g__Function|2_0
    [GeneratedRegex(@"^(?:_c__DisplayClass\d+_\d+(?:_\d+)?(?:<.*>)?__)?_(?<method>.+?)_g__(?<function>.+?)_\d+_\d+(?:_\d+)?(?:<.*>)?$")]
    private static partial Regex LocalFunction();

    // <Method>d__3.MoveNext
    [GeneratedRegex(@"^(?<method>.+?)_d__\d+(?:_\d+)?(?:<.*>)?__(?<step>.+)$")]
    private static partial Regex StateMachine();

    // An explicit implementation carries the name of its interface: System_IDisposable_Dispose.
    [GeneratedRegex(@"^(?:System|NooksOS)_.*I[A-Z]")]
    private static partial Regex InterfaceMethod();

    [GeneratedRegex(@"_\d+(?=_|$)")]
    private static partial Regex Arity();

    [GeneratedRegex(@"_\d+$")]
    private static partial Regex Overload();
}
