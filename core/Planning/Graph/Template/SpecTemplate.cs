using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// A compiled spec. Its key is the digest of its JSON with all references resolved, so that it is known to whoever plans, whatever kinds of step and
/// options its version knows.
/// </summary>
internal sealed class SpecTemplate
{
    private readonly TemplatePart _root;

    public SpecTemplate(TemplatePart root, QuorumGate? gate)
    {
        _root = root;
        References = [.. root.References];
        var members = gate?.Members ?? [];
        Inputs = [.. members.Concat(References.Select(r => r.Node)).OfType<string>().Distinct(StringComparer.Ordinal)];
        // A cut that belongs to one member stands beside it in a list; what stands elsewhere has to be there.
        Required = [.. References.Where(r => gate is null || !r.InList).Select(r => r.Node).Append(gate?.ChoiceOf).OfType<string>()
            .Except(members, StringComparer.Ordinal).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What it reads.</summary>
    public IReadOnlyList<InputReference> References { get; }

    /// <summary>Nodes it refers to, members of its gate first.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Those of them that no gate can leave out.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>The step's canonical JSON.</summary>
    public void Write(IBufferWriter<byte> bytes, in ResolvedInputs inputs)
    {
        using var writer = new Utf8JsonWriter(bytes);
        _root.Write(writer, inputs);
    }

    /// <summary>The key of the step whose canonical JSON this is.</summary>
    public static string KeyOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));

    /// <summary>The record that the JSON is of; null when this version does not know all that it says.</summary>
    /// <param name="json">Canonical.</param>
    /// <param name="problem">What it does not know.</param>
    public static StepSpec? Read(ReadOnlySpan<byte> json, out string? problem)
    {
        try
        {
            var spec = JsonSerializer.Deserialize<StepSpec>(json, ContractJson.Options);
            problem = spec is null ? "it is empty" : Unknown(json, CanonicalJson.Serialize(spec));
            return problem is null ? spec : null;
        }
        catch (Exception unknown) when (unknown is JsonException or NotSupportedException)
        {
            problem = unknown.Message.Split(" Path: ", 2)[0];
            return null;
        }
    }

    // What a record does not know it leaves out when it is written again.
    private static string? Unknown(ReadOnlySpan<byte> said, ReadOnlySpan<byte> understood)
    {
        if (said.SequenceEqual(understood)) return null;
        using var before = JsonDocument.Parse(said.ToArray());
        using var after = JsonDocument.Parse(understood.ToArray());
        var lost = before.RootElement.EnumerateObject()
            .Where(p => !after.RootElement.TryGetProperty(p.Name, out var kept) || !JsonElement.DeepEquals(p.Value, kept)).Select(p => p.Name).ToList();
        return lost.Count == 0 ? "it is written in another way" : $"it does not know all of {NameList.Text(lost)}";
    }
}
