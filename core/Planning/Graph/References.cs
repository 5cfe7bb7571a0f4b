using System.Text.Json;
using System.Text.Json.Serialization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Values that stand in a spec for what is not known when a graph is compiled, and how they are written. A spec is an ordinary record, so a
/// reference has to be a value of the property's own type: an artifact whose digest is none, a NaN with a number in it, an integer below every count.
/// </summary>
internal sealed class References
{
    private const long QuietNaN = 0x7FF8_0000_0000_0000;
    private const long Mark = 0x0005_7E90_0000_0000;
    private const long IndexBits = 0xFFFF_FFFF;
    private const int PartialBase = int.MinValue;
    private const int MostMembers = 1_000_000;

    // One for all graphs: what JSON knows of a type it learns anew for each set of options, which cost more than all the rest of compiling a graph.
    private static readonly JsonSerializerOptions Options = CanonicalJson.CreateOptions(new ArtifactConverter(), new NumberConverter(), new CountConverter());

    // Whose references the spec has that is being written: converters belong to the options, and are told of no graph.
    [ThreadStatic]
    private static References? _writing;

    private readonly List<Reference> _all = [];

    /// <summary>A spec with references of this graph as it is stored.</summary>
    public JsonElement Write(StepSpec spec)
    {
        _writing = this;
        try
        {
            return JsonSerializer.SerializeToElement(spec, Options);
        }
        finally
        {
            _writing = null;
        }
    }

    /// <summary>The count of a gate's members, where it is left out when none of them is missing.</summary>
    public static int Partial(int members) => PartialBase + members;

    /// <summary>An output of a node.</summary>
    public ArtifactRef Output(string node, string output) => Artifact(new(ReferenceNames.From, node, null, ReferenceNames.Output, output));

    /// <summary>An output that a node may have, and what stands in its place when it has none; null for nothing.</summary>
    public ArtifactRef OptionalOutput(string node, string output, ArtifactRef? otherwise) =>
        Artifact(new(ReferenceNames.From, node, null, ReferenceNames.Output, output) { IsOptional = true, Otherwise = otherwise is null ? null : ReferenceOf(otherwise) });

    /// <summary>A metric of a node.</summary>
    public double Metric(string node, string metric) => Number(new(ReferenceNames.From, node, null, ReferenceNames.Metric, metric));

    /// <summary>An output of the n-th member that a gate admits.</summary>
    public ArtifactRef MemberOutput(int index, string output) => Artifact(new(ReferenceNames.Member, null, index, ReferenceNames.Output, output));

    private ArtifactRef Artifact(Reference reference) => new($"${Add(reference)}", 0, "");

    private double Number(Reference reference) => BitConverter.Int64BitsToDouble(QuietNaN | Mark | (uint)Add(reference));

    private Reference ReferenceOf(ArtifactRef artifact) => _all[int.Parse(artifact.Digest.AsSpan(1))];

    private int Add(Reference reference)
    {
        _all.Add(reference);
        return _all.Count - 1;
    }

    private sealed record Reference(string By, string? Node, int? Index, string What, string Name)
    {
        public bool IsOptional { get; init; }

        public Reference? Otherwise { get; init; }

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            if (Node is null) writer.WriteNumber(By, Index!.Value);
            else writer.WriteString(By, Node);
            writer.WriteString(What, Name);
            if (IsOptional) WriteOtherwise(writer);
            writer.WriteEndObject();
        }

        private void WriteOtherwise(Utf8JsonWriter writer)
        {
            writer.WritePropertyName(ReferenceNames.Otherwise);
            if (Otherwise is null) writer.WriteNullValue();
            else Otherwise.Write(writer);
        }
    }

    private sealed class ArtifactConverter : JsonConverter<ArtifactRef>
    {
        public override ArtifactRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ArtifactRef value, JsonSerializerOptions options)
        {
            if (value.Digest is ['$', ..]) _writing!.ReferenceOf(value).Write(writer);
            else writer.WriteRawValue(CanonicalJson.Serialize(value), skipInputValidation: true);
        }
    }

    private sealed class NumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            var bits = BitConverter.DoubleToInt64Bits(value);
            if ((bits & ~IndexBits) == (QuietNaN | Mark)) _writing!._all[(int)(bits & IndexBits)].Write(writer);
            else writer.WriteRawValue(CanonicalJson.Serialize(value), skipInputValidation: true);
        }
    }

    private sealed class CountConverter : JsonConverter<int>
    {
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options)
        {
            if (value > PartialBase + MostMembers)
            {
                writer.WriteNumberValue(value);
                return;
            }

            writer.WriteStartObject();
            writer.WriteNumber(ReferenceNames.Partial, value - PartialBase);
            writer.WriteEndObject();
        }
    }
}
