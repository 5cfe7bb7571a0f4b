using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What another node makes or finds.</summary>
internal sealed class ReferencePart(string? node, int index, string? output, string? metric) : TemplatePart
{
    /// <summary>Whether the node may lack the output.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What stands there then; null for nothing.</summary>
    public TemplatePart? Otherwise { get; init; }

    public override IEnumerable<InputReference> References => [new(node, output, metric, InList: false, IsOptional), .. Otherwise?.References ?? []];

    public override bool IsAbsent(in ResolvedInputs inputs) =>
        (node is null ? index >= inputs.Admitted : inputs.IsLeftOut(node)) || (IsLacking(inputs) && (Otherwise?.IsAbsent(inputs) ?? true));

    public override void Write(Utf8JsonWriter writer, in ResolvedInputs inputs)
    {
        var result = Result(inputs);
        if (IsLacking(inputs))
            Otherwise!.Write(writer, inputs);
        else if (output is null)
            writer.WriteRawValue(CanonicalJson.Serialize(result.Metrics[metric!]), skipInputValidation: true);
        else
            WriteArtifact(writer, result.Outputs[output]);
    }

    private bool IsLacking(in ResolvedInputs inputs) => IsOptional && !Result(inputs).Outputs.ContainsKey(output!);

    private StepResult Result(in ResolvedInputs inputs) => node is null ? inputs.Member(index) : inputs.Result(node);

    // As canonical JSON has it: in ordinal order of the names.
    private static void WriteArtifact(Utf8JsonWriter writer, ArtifactRef artifact)
    {
        writer.WriteStartObject();
        writer.WriteString("digest"u8, artifact.Digest);
        writer.WriteString("format"u8, artifact.Format);
        writer.WriteNumber("sizeBytes"u8, artifact.SizeBytes);
        writer.WriteEndObject();
    }
}
