using System.Text.Json;
using SkiaSharp;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Folders;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Folders;

public sealed class FoldersDataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_picture_of_the_right_size_arrives_pixel_by_pixel()
    {
        Divided();
        Paint("test/cat/a.png", (x, y) => new SKColor((byte)(10 * x), (byte)(10 * y), 200));

        var image = Load().Test.Pixels(0);

        for (var y = 0; y < 4; y++)
            for (var x = 0; x < 4; x++)
                (image[4 * y + x], image[16 + 4 * y + x], image[32 + 4 * y + x]).ShouldBe(((byte)(10 * x), (byte)(10 * y), (byte)200));
    }

    [Fact]
    public void Folders_named_train_val_test_and_shift_are_the_splits()
    {
        Divided();
        Paint("val/dog/a.png", 1);
        Paint("shift-night/cat/a.png", 2);
        Paint("shift-night/dog/a.png", 3);

        var data = Load();

        (data.Classes, data.Shape).ShouldBe((2, new InputShape(3, 4, 4)));
        (data.Training.Count, data.Validation.Count, data.Test.Count).ShouldBe((4, 1, 2));
        data.Training.Labels.Order().ShouldBe(new byte[] { 0, 0, 1, 1 });
        data.Validation.Labels.ShouldBe(new byte[] { 1 });
        data.Shifts.Keys.ShouldBe(["night"]);
        data.Shifts["night"].Labels.ShouldBe(new byte[] { 0, 1 });
    }

    [Fact]
    public void Of_classes_alone_a_fifth_is_for_testing_whatever_the_split_seed()
    {
        for (var i = 0; i < 10; i++)
            Paint($"{(i % 2 == 0 ? "cat" : "dog")}/deep/{i}.png", (byte)i);

        var tested = new[] { 1, 2 }.Select(seed => DataSets.Load(Spec with { SplitSeed = seed }).Test).ToList();

        tested.Select(t => t.Count).ShouldBe([2, 2]);
        tested[0].Pixels(0).ToArray().ShouldBe(tested[1].Pixels(0).ToArray());
    }

    [Fact]
    public void Grey_is_the_brightness_as_eyes_see_it()
    {
        Divided();
        Paint("test/cat/a.png", (_, _) => new SKColor(100, 50, 20));

        Load(("grey", true)).Test.Pixels(0).ToArray().ShouldAllBe(v => v == 62); // 29.9 + 29.35 + 2.28 = 61.53
    }

    [Fact]
    public void Other_sizes_are_stretched()
    {
        Divided();
        Paint("test/cat/a.png", (x, _) => x < 8 ? SKColors.Black : SKColors.White, width: 16, height: 8);

        var image = Load(("grey", true)).Test.Pixels(0).ToArray();

        Enumerable.Range(0, 4).Select(y => image[4 * y]).ShouldAllBe(v => v == 0);
        Enumerable.Range(0, 4).Select(y => image[4 * y + 3]).ShouldAllBe(v => v == 255);
    }

    [Fact]
    public void The_digest_changes_when_a_picture_moves_to_another_class()
    {
        Divided();
        var before = DataSets.Digest(Spec);
        File.Move(_folder.File("train/dog/0.png"), _folder.File("train/cat/2.png"));

        DataSets.Digest(Spec).ShouldNotBe(before);
    }

    [Fact]
    public void A_picture_that_is_cut_off_or_none_is_named()
    {
        Divided();
        var whole = File.ReadAllBytes(_folder.File("test/cat/a.png"));
        var image = Load().Test.Pixels(0).ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.File("test/cat/a.png"), whole[..length]);
            try
            {
                // Checksums and the end mark come after the last pixel.
                Load().Test.Pixels(0).ToArray().ShouldBe(image);
                length.ShouldBeGreaterThan(whole.Length - 24);
            }
            catch (DomainException error)
            {
                error.Failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
                error.Failure.Reason.ShouldContain("test/cat/a.png");
            }
        }
    }

    [Fact]
    public void A_picture_that_announces_more_pixels_than_memory_has_is_refused_before_it_is_decoded()
    {
        Divided();
        byte[] bitmap = [0x42, 0x4D, .. new byte[8], 54, 0, 0, 0, 40, 0, 0, 0, .. BitConverter.GetBytes(30_000), .. BitConverter.GetBytes(30_000), 1, 0, 24, 0, .. new byte[24]];
        File.WriteAllBytes(_folder.File("train/cat/0.bmp"), [.. bitmap, .. new byte[64]]);

        Reason(FailureCodes.CorruptArtifact).ShouldContain("train/cat/0.bmp' announces 30000×30000 pixels");
    }

    [Theory]
    [InlineData("test/cow/a.png", "test/cow' is no class of the training examples (cat, dog).")]
    [InlineData("extra/cat/a.png", "has a folder 'extra' beside 'train'.")]
    [InlineData("train/cat/notes.txt", "notes.txt' is no picture that can be read.")]
    public void What_belongs_nowhere_is_refused(string file, string reason)
    {
        Divided();
        Paint(file, 0);

        Reason(FailureCodes.DataUnavailable).ShouldEndWith(reason);
    }

    [Fact]
    public void Training_pictures_without_test_pictures_are_refused()
    {
        Divided();
        Directory.Delete(_folder.File("test"), recursive: true);

        Reason(FailureCodes.DataUnavailable).ShouldEndWith("has a folder 'train', but none called 'test'.");
    }

    [Fact]
    public void An_empty_folder_is_told_what_to_hold() => Reason(FailureCodes.DataUnavailable).ShouldEndWith("has 0 classes; there must be 2 to 256.");

    private DataSpec Spec => With(("side", 4));

    private DataSpec With(params (string Name, object Value)[] options)
    {
        var given = new MethodOptions();
        foreach (var (name, value) in options)
            given[name] = JsonSerializer.SerializeToElement(value);
        return new DataSpec { Name = FoldersDataSet.Name, Path = _folder.Path, Options = given };
    }

    private DataSplits Load(params (string Name, object Value)[] options) => DataSets.Load(With([("side", 4), .. options]) with { Validation = 0.25 });

    private string Reason(string code)
    {
        var failure = Should.Throw<DomainException>(() => Load()).Failure;
        failure.Code.ShouldBe(code);
        return failure.Reason;
    }

    /// <summary>Two training pictures and one test picture of cats, and of dogs.</summary>
    private void Divided()
    {
        foreach (var file in new[] { "train/cat/0.png", "train/cat/1.png", "train/dog/0.png", "train/dog/1.png", "test/cat/a.png", "test/dog/a.png" })
            Paint(file, (byte)file.Length);
    }

    private void Paint(string file, byte grey) => Paint(file, (x, y) => new SKColor(grey, (byte)(grey + x), (byte)(grey + y)));

    private void Paint(string file, Func<int, int, SKColor> colour, int width = 4, int height = 4)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                bitmap.SetPixel(x, y, colour(x, y));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(_folder.File(file), data.ToArray());
    }
}
