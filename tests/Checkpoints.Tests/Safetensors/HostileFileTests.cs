using System.Buffers.Binary;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class HostileFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""[1, 2]""", 0, "the header is a JSON StartArray, expected StartObject")]
    [InlineData("""{"a": 3}""", 0, "tensor 'a' is a JSON Number")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}} x""", 4, "not the JSON of a safetensors file")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}""", 4, "not the JSON of a safetensors file")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [[[[[1]]]]], "data_offsets": [0, 4]}}""", 4, "'shape'[0] is not a whole number")]
    [InlineData("""{"a": {"b": {"c": {"d": {"e": 1}}}}}""", 0, "'b' is unknown or declared twice")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}""", 8, "tensor 'a' is declared twice")]
    [InlineData("""{"a": {"dtype": "F32", "dtype": "F16", "shape": [1], "data_offsets": [0, 4]}}""", 4, "'dtype' is unknown or declared twice")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1]}}""", 4, "lacks dtype, shape or data_offsets")]
    [InlineData("""{"a": {"dtype": "F 31", "shape": [1], "data_offsets": [0, 4]}}""", 4, "has dtype 'F 31', which is no name of a type")]
    [InlineData("""{"a": {"dtype": "", "shape": [1], "data_offsets": [0, 4]}}""", 4, "has dtype '', which is no name of a type")]
    [InlineData("""{"a": {"dtype": "F31", "shape": [1], "data_offsets": [4, 8]}}""", 8, "begin at 4, expected 0: tensors leave a gap")]
    [InlineData("""{"a": {"dtype": "F31", "shape": [1], "data_offsets": [0, 8]}}""", 4, "beyond the 4 bytes of data: the file is cut off")]
    [InlineData("""{"a": {"dtype": "F4", "shape": [3], "data_offsets": [0, 2]}}""", 2, "but F4 [3] takes 12 bits, which is no whole number of bytes")]
    [InlineData("""{"a": {"dtype": "F6_E2M3", "shape": [4], "data_offsets": [0, 4]}}""", 4, "but F6_E2M3 [4] takes 3.")]
    [InlineData("""{"a": {"dtype": "F4", "shape": [1152921504606846975], "data_offsets": [0, 1]}}""", 1, "which is no whole number of bytes")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}""", 4, "'shape'[0] is not a whole number")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1.0], "data_offsets": [0, 4]}}""", 4, "'shape'[0] is not a whole number")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 4]}}""", 4, "more elements than 60 bits count")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [99999999999999999999], "data_offsets": [0, 4]}}""", 4, "'shape'[0] is not a whole number")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}""", 4, "hold 4 bytes, but F32 [2] takes 8")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}""", 4, "not [begin, end] with begin ≤ end")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4, 8]}}""", 4, "not [begin, end] with begin ≤ end")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}""", 3, "beyond the 3 bytes of data: the file is cut off")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}""", 5, "1 bytes after the last tensor belong to none")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}""", 8, "begin at 4, expected 0: tensors leave a gap")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}}""", 12, "begin at 4, expected 8: tensors overlap")]
    [InlineData("""{"__metadata__": {"k": 1}}""", 0, "metadata 'k' is a JSON Number, expected String")]
    [InlineData("""{"__metadata__": {"k": "1", "k": "2"}}""", 0, "metadata 'k' is declared twice")]
    [InlineData("""{"__metadata__": {}, "__metadata__": {}}""", 0, "'__metadata__' is declared twice")]
    [InlineData("""{"\ud800": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}""", 4, "not the JSON of a safetensors file")]
    public void A_header_that_lies_is_refused_with_the_field_and_its_value(string header, int dataLength, string complaint) =>
        Refusal(RawFile.Bytes(header, dataLength)).Reason.ShouldContain(complaint);

    [Fact]
    public void Invalid_utf8_is_refused() =>
        Refusal(RawFile.Bytes([(byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)'}'])).Reason.ShouldContain("not valid UTF-8");

    [Fact]
    public void Nesting_that_would_exhaust_the_stack_is_refused() =>
        Refusal(RawFile.Bytes("{\"__metadata__\":" + string.Concat(Enumerable.Repeat("{\"a\":", 100_000))))
            .Reason.ShouldContain("metadata 'a' is a JSON StartObject, expected String");

    [Theory]
    [InlineData(100_000_001, "claims 100000001 bytes; at most 100000000 are allowed")]
    [InlineData(40, "claims 40 bytes, but only 12 follow its length")]
    [InlineData(-1, "claims 18446744073709551615 bytes")]
    public void A_header_longer_than_the_file_or_the_limit_is_refused(long claimed, string complaint)
    {
        var file = RawFile.Bytes("{}          ");
        BinaryPrimitives.WriteInt64LittleEndian(file, claimed);

        Refusal(file).Reason.ShouldContain(complaint);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_file_without_room_for_a_header_is_refused(int length) =>
        Refusal(new byte[length]).Reason.ShouldContain("shorter than a header");

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var whole = File.ReadAllBytes(new StateDictBuilder().Floats("a.weight", [2, 3], 1, 2, 3, 4, 5, 6)
            .Raw("b", TensorType.U8, [3], 1, 2, 3).Save(_folder.File("whole.safetensors")));

        for (var length = 0; length < whole.Length; length++)
            Refusal(whole[..length]).Code.ShouldBe(FailureCodes.CorruptArtifact);
    }

    [Theory]
    [InlineData("PK\u0003\u0004\u0000\u0000\b\b\u0000\u0000", "a zip archive as torch.save writes it")]
    [InlineData("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.", "a pickle stream")]
    public void Python_checkpoints_are_refused_with_the_reason_and_the_line_that_converts_them(string start, string format)
    {
        File.WriteAllBytes(_folder.File("resnet.pt"), [.. Encoding.Latin1.GetBytes(start), .. new byte[200]]);

        var failure = Should.Throw<DomainException>(() => StateDict.Open(_folder.File("resnet.pt"))).Failure;

        failure.Reason.ShouldBe(
            $"resnet.pt: this is {format}. Such files are Python pickles: reading one executes the code it contains, so it is refused.");
        failure.Remedy.ShouldBe(
            "Convert it where you trust it: python -c \"import sys, torch, safetensors.torch as s; "
            + "s.save_file({k: v.clone().contiguous() for k, v in torch.load(sys.argv[1], "
            + "map_location='cpu', weights_only=True).items()}, sys.argv[2])\" 'resnet.pt' 'resnet.safetensors'");
    }

    [Fact]
    public void The_line_that_converts_is_safe_to_paste_whatever_the_file_is_called()
    {
        File.WriteAllBytes(_folder.File("a'; reboot; '.pt"), [.. "PK\u0003\u0004"u8, .. new byte[20]]);

        Should.Throw<DomainException>(() => StateDict.Open(_folder.File("a'; reboot; '.pt")))
            .Failure.Remedy.ShouldEndWith(@" 'a'\''; reboot; '\''.pt' 'a'\''; reboot; '\''.safetensors'");
    }

    [Theory]
    [InlineData(TensorType.F32, float.NaN, "NaN")]
    [InlineData(TensorType.F16, float.PositiveInfinity, "Infinity")]
    [InlineData(TensorType.BF16, float.NegativeInfinity, "-Infinity")]
    [InlineData(TensorType.F64, float.NaN, "NaN")]
    public void Numbers_that_are_not_finite_are_named(TensorType type, float value, string text)
    {
        var values = new float[TensorPieces.Size + 5];
        values[^2] = value;
        using var state = StateDict.Open(
            new StateDictBuilder().Floats("fc.weight", type, [values.Length], values).Save(_folder.File("m.safetensors")));

        var failure = Should.Throw<DomainException>(state.EnsureFinite).Failure;

        failure.Code.ShouldBe(FailureCodes.NotFinite);
        failure.Reason.ShouldBe($"Tensor 'fc.weight' holds {text} at flat index {values.Length - 2}.");
    }

    [Fact]
    public void A_file_that_does_not_exist_is_missing() =>
        Should.Throw<DomainException>(() => StateDict.Open(_folder.File("none.safetensors")))
            .Failure.Code.ShouldBe(FailureCodes.MissingArtifact);

    private StepFailure Refusal(byte[] file)
    {
        File.WriteAllBytes(_folder.File("hostile.safetensors"), file);
        var failure = Should.Throw<DomainException>(() => StateDict.Open(_folder.File("hostile.safetensors"))).Failure;
        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        failure.Reason.ShouldStartWith("hostile.safetensors: ");
        failure.Remedy.ShouldNotBeEmpty();
        return failure;
    }
}
