namespace ChatHub.Server.Hosting.Demo;

/// <summary>The users of the demo.</summary>
internal static class DemoPeople
{
    public static readonly DemoPerson Anna = new("anna", "Anna Sommer", "Draws tide maps by hand.", Hue: 205);
    public static readonly DemoPerson Ben = new("ben", "Ben Okafor", "Cartographer on Tuesdays, baker on all other days.", Age: 41, Hue: 28);
    public static readonly DemoPerson Clara = new("clara", "Clara Meier", "Prints on paper that she makes herself.", Age: 57, Hue: 330);
    public static readonly DemoPerson Davit = new("davit", "Davit Kapanadze", "Stone plates, copper plates, no plates.", Age: 29, Hue: 120);
    public static readonly DemoPerson Elodie = new("elodie.f", "Élodie Faure", "Atelier de gravure, Brest.", Age: 38, Hue: 270);
    public static readonly DemoPerson Fatima = new("fatima", "فاطمة الزهراء", "خرائط وسواحل", Age: 33, Hue: 180);
    public static readonly DemoPerson Grace = new("grace", "Grace Adeyemi", "Guides through the harbour museum on Fridays.", Age: 45, Hue: 55);
    public static readonly DemoPerson Noor = new("noor_r", "Noor Rahman", "Restores tide mills.", JoinedDaysAgo: 45, Age: 36, Hue: 90);
    public static readonly DemoPerson Sven = new("sven", "Sven Lindqvist", "", Age: 62);
    public static readonly DemoPerson Museum = new("harbour.museum", "Harbour Museum", "Open from Tuesday to Sunday.", JoinedDaysAgo: 59, Age: 20, Hue: 222);
    public static readonly DemoPerson Leo = new("leo", "Leo", "Sailing club, youngest of the crew.", JoinedDaysAgo: 30, Age: 14, Hue: 10);
    public static readonly DemoPerson Rolf = new("rolf", "Rolf H.", "", JoinedDaysAgo: 40, Age: 50);
    public static readonly DemoPerson Prize = new("prize_center", "Prize Center", "You have been chosen!", JoinedDaysAgo: 6, Age: 25, Hue: 300);
    public static readonly DemoPerson Spam = new("quick.money", "Quick Money", "", JoinedDaysAgo: 12, Age: 25);
    public static readonly DemoPerson Ida = new("ida", "Ida Holm", "New here.", JoinedDaysAgo: 0, Age: 22, Hue: 150);
    public static readonly DemoPerson Tom = new("tom", "Tom Weaver", "", JoinedDaysAgo: 58, Age: 44);
    public static readonly DemoPerson Maria = new("maria", "Maria Conti", "Moderator of this server.", Age: 39, Hue: 0);
}
