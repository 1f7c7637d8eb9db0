using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using FieldAttributes = Mono.Cecil.FieldAttributes;
using MethodBody = Mono.Cecil.Cil.MethodBody;
using TypeAttributes = Mono.Cecil.TypeAttributes;

namespace NooksOS.Tests.Units.Fuzzing;

/// <summary>
/// Makes a copy of an assembly that counts how often each of its basic blocks is entered, as fuzzers for machine code do.
/// </summary>
internal sealed class CoverageMap
{
    private const string MapType = "CoverageOfBlocks";
    private const string MapField = "Hits";

    private readonly ModuleDefinition _module;
    private readonly FieldDefinition _hits;

    private CoverageMap(ModuleDefinition module)
    {
        _module = module;
        TypeDefinition map = new("", MapType, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        _hits = new FieldDefinition(MapField, FieldAttributes.Public | FieldAttributes.Static, new ArrayType(module.TypeSystem.Byte));
        map.Fields.Add(_hits);
        module.Types.Add(map);
    }

    /// <summary>How many blocks there are.</summary>
    public int BlockCount { get; private set; }

    /// <summary>Writes the counting copy.</summary>
    public static byte[] Instrument(string assemblyFile, out CoverageMap map)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(assemblyFile);
        map = new CoverageMap(assembly.MainModule);
        foreach (MethodDefinition method in assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToArray())
        {
            map.Instrument(method.Body);
        }

        using MemoryStream copy = new();
        assembly.Write(copy);
        return copy.ToArray();
    }

    /// <summary>Gives a loaded copy the array in which it counts; each count wraps around.</summary>
    public byte[] Attach(Assembly copy)
    {
        byte[] hits = new byte[BlockCount];
        copy.GetType(MapType)!.GetField(MapField)!.SetValue(null, hits);
        return hits;
    }

    private void Instrument(MethodBody body)
    {
        body.SimplifyMacros();
        HashSet<Instruction> starts = [body.Instructions[0]];
        foreach (Instruction instruction in body.Instructions)
        {
            starts.UnionWith(instruction.Operand switch
            {
                Instruction target => instruction.Next is { } next ? [target, next] : [target],
                Instruction[] targets => targets,
                _ => [],
            });
        }

        starts.UnionWith(body.ExceptionHandlers.SelectMany(handler => new[] { handler.HandlerStart, handler.FilterStart }).OfType<Instruction>());
        Dictionary<Instruction, Instruction> moved = [];
        ILProcessor code = body.GetILProcessor();
        foreach (Instruction start in body.Instructions.Where(starts.Contains).ToArray())
        {
            moved.Add(start, InsertCount(code, start));
        }

        Redirect(body, moved);
        body.OptimizeMacros();
    }

    // Hits[block]++, which leaves the evaluation stack as it was.
    private Instruction InsertCount(ILProcessor code, Instruction before)
    {
        Instruction first = code.Create(OpCodes.Ldsfld, _hits);
        Instruction[] count =
        [
            first,
            code.Create(OpCodes.Ldc_I4, BlockCount++),
            code.Create(OpCodes.Ldelema, _module.TypeSystem.Byte),
            code.Create(OpCodes.Dup),
            code.Create(OpCodes.Ldind_U1),
            code.Create(OpCodes.Ldc_I4, 1),
            code.Create(OpCodes.Add),
            code.Create(OpCodes.Stind_I1),
        ];
        foreach (Instruction instruction in count)
        {
            code.InsertBefore(before, instruction);
        }

        return first;
    }

    private static void Redirect(MethodBody body, Dictionary<Instruction, Instruction> moved)
    {
        Instruction? Follow(Instruction? target) => target is not null && moved.TryGetValue(target, out Instruction? now) ? now : target;
        foreach (Instruction instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => Follow(target),
                Instruction[] targets => Array.ConvertAll(targets, target => Follow(target)!),
                object other => other,
                null => null,
            };
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Follow(handler.TryStart);
            handler.TryEnd = Follow(handler.TryEnd);
            handler.FilterStart = Follow(handler.FilterStart);
            handler.HandlerStart = Follow(handler.HandlerStart);
            handler.HandlerEnd = Follow(handler.HandlerEnd);
        }
    }
}
