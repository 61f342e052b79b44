Console.WriteLine("ChatHub");
