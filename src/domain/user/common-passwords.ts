/** The passwords of 8 characters and more that are tried first: in lower case, none containing another. */
export const commonPasswords: readonly string[] = `
12345678 87654321 11111111 00000000 22222222 33333333 44444444 55555555 66666666 77777777 88888888
99999999 aaaaaaaa abcdefgh abcd1234 abc12345 a1b2c3d4 1a2b3c4d aa123456 a1234567 1234abcd 1234qwer
12341234 12312312 123321123 11223344 10203040 01234567 98765432 13579246 24681012 147258369 159753456
159357456 789456123 456789123 741852963 963852741 31415926 12121212 13131313 21212121 69696969 10101010
password passw0rd p@ssword p@ssw0rd pa55word pa$$word pa$$w0rd passwort passwd12 parola123 motdepasse
contrasena contraseña wachtwoord senha123 haslo123 salasana losenord пароль123 йцукенгш йцукен123
qwerty12 qwertyui qwertzui azertyui qwer1234 qwerqwer qweasdzx qweqweqwe qweasd123 qazwsxed 1qaz2wsx
2wsx3edc zaq12wsx zaq1zaq1 zaq1xsw2 1q2w3e4r q1w2e3r4 asdfghjk asdf1234 asdfasdf asdfqwer asd12345
zxcvbnm1 zxcvbnma zxcvasdf zxcv1234 poiuytre lkjhgfds mnbvcxza !qaz2wsx !@#$%^&* 1qazxsw2 iloveyou
ilovegod lovelove loveyou1 loveme12 mylove12 forever1 babygirl babyboy1 princess princesa sweetheart
sunshine football baseball basketball champion1 liverpool chelsea1 arsenal1 steelers superman batman123
spiderman starwars startrek pokemon1 pikachu1 hellokitty michelle jennifer jessica1 jonathan michael1
daniel12 elizabeth alexander matthew1 anthony1 charlie1 benjamin brandon1 trustno1 letmein1 welcome1
admin123 adminadmin administrator root1234 rootroot test1234 testtest testing1 changeme default1 secret12
mysecret guest123 user1234 login123 master12 mustang1 porsche1 marlboro dragon12 monkey12 tigger12
snoopy12 freedom1 pa55w0rd blink182 metallica nirvana1 scooter1 chicken1 pumpkin1 cocacola facebook1
myspace1 hunter22 shadow12 killer12 pepper12 ginger12 cookie12 summer12 summer2024 winter12 winter2024
bubbles1 peaches1 jordan23 mickey12 azerty123 soleil123 bonjour1 doudou123 hallo123 schatz123 iloveu123
`
  .trim()
  .split(/\s+/)
