using System.Text;

namespace SparsePipeline.Chaos.Invariants;

public sealed class WholeObjectsTests
{
    // SHA-256 of the three letters abc (FIPS 180-2, appendix B.1)
    private const string Abc = "objects/sha256/ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Theory]
    [InlineData(Abc, "abc", true)]
    [InlineData(Abc, "ab", false)]
    [InlineData("steps/ab/claim.json", """{"owner":"x"}""", true)]
    [InlineData("steps/ab/claim.json", """{"owner":"x""", false)]
    [InlineData("steps/ab/claim.json", "", false)]
    [InlineData("models/m/notes.txt", "anything", true)]
    public void Artifacts_hash_to_their_names_and_documents_are_whole_JSON(string key, string content, bool whole) =>
        (WholeObjects.Judge(key, Encoding.UTF8.GetBytes(content)) is null).ShouldBe(whole);
}
